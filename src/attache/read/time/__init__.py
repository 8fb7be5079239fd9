"""Times: expressions of a sentence to EDTF, each with its rule and anchor."""
