"""Matching records of persons: normalise, encode, index, compare, score, cluster. Usable alone, without a database."""
