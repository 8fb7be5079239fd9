"""Reviewed data and its one loader."""
