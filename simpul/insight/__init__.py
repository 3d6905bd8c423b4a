"""Insight: what the plain facts tell, counted, drawn and checked. It knows places, dates and codes; never a person."""
