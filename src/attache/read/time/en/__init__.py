"""English times: a grammar over tokens."""
