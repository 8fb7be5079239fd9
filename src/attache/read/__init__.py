"""Reading one page: pure functions from text to nouns, no disk, no clock."""
