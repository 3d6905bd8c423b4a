"""Agencies and their officers: who works where, for which region, in which role."""
