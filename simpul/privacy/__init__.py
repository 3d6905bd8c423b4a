"""Privacy: what a person may ask about the own data, how long data are kept, and what is owed when they leak."""
