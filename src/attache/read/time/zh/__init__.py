"""Chinese times: words and numerals by patterns, settled in their clause."""
