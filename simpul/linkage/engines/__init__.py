"""Other engines for the same question: databases that compare lists where one process would take too long."""


class OnlyPlainRecords(Exception):
    """Encodings know dates and places only in company, which no column of a database says."""
