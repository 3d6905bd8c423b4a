"""Sealed or declared plain: nobody reads what they need not, and who stole the disk reads nothing."""
