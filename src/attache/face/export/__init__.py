"""What goes out of a ledger: one module a format, each with ``write(acts, out, about)``."""
