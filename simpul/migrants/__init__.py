"""Migrants: who was sent home, who is met in the village, and who works abroad."""
