"""Methods: mathematics that knows no framework and can be used alone."""
