"""Acts and readings in one book: who did what, who saw whom, and when."""
