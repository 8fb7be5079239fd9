"""Attaché: who did what to whom, when, according to whom, from captured pages."""

__version__ = "0.1.0"
