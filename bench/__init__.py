"""Benchmarks: what Simpul costs and how fast it is, measured on a server of its own that nobody else uses."""
