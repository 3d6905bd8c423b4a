"""Other engines for the same question: databases that compare lists where one process would take too long."""
