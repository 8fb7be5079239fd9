"""Figures: numbers, money, counts and their bounds."""
