"""Who keeps the secret of linkage: a process of its own that evaluates tags one record at a time, counts and logs."""
