"""The same person twice: records are compared, likely pairs are shown, an officer decides."""
