"""How an article of law is cited: "Art." in the catalogues and the code, "Pasal" and "ayat" on an Indonesian page."""

import re

from django.utils.translation import get_language

_PARAGRAPH = re.compile(r"\bArt\. ?(\d+\w*)\((\d[\d–-]*)\)")


def cited(text):
    """A legal basis in the words of the page: "UU 21/2007 Art. 48(6)" is "UU 21/2007 Pasal 48 ayat (6)"."""
    if (get_language() or "").startswith("en"):
        return text or ""
    return _PARAGRAPH.sub(r"Pasal \1 ayat (\2)", text or "").replace("Art.", "Pasal")
