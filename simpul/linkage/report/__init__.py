"""What is told of a linkage, without a database and without a server: reasons in words, charts, one page, figures."""
