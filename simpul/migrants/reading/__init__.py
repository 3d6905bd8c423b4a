"""Reading a spreadsheet of people as it comes: which row is the head, what each column is, what each cell says.

Nothing here is stored and nobody is recorded: bytes go in, rows and sentences about what could not be read come out.
"""
