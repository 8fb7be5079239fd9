"""Taking a capture apart: bytes to text, text to lines, lines to parts."""
