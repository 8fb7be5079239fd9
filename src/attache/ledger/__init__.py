"""Many pages, one account: which reports tell one act, where they come from, what is disputed. Pure functions."""
