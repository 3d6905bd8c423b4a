"""The desk: the pages officers work with. They hold no rule; rooms do."""
