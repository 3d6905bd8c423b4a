"""Obligations: who owes what to whom, on which legal basis, by when."""
