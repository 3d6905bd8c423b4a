"""Cases: the file of a victim's way from identification to the end of care."""
