"""Small things that know nothing of trafficking, of Django or of each other."""
