"""Whether two records are the same person. Whoever asks in this room, asks here.

Two records that share a NIK or a travel document are taken as one person, and so are two of which an officer said that
they are. What is alike in spelling, dates or places is shown to officers and decides nothing by itself (`linkage`).
"""

from simpul.linkage.groups import groups, same_as

__all__ = ["groups", "same_as"]
