"""The report home."""
