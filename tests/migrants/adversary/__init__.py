"""Lists of people sent home as offices really type them, made with the truth beside each, to try the reader with.

Every person is invented. A sheet is a `files.Sample`: the bytes of the file, and for each person the row in which he
stands and what a reader must find there.
"""
