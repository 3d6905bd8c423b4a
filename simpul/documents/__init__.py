"""Documents: what leaves the system on paper, under a letterhead, for a signature or for somebody without a screen."""
