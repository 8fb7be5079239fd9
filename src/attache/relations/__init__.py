"""Relations between parties: processes and commitments as pages tell them."""
