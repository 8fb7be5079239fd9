"""Keeps many pages and their acts in one file or database, with history, and finds them again."""
