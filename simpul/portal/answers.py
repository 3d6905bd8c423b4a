"""How the portal answers: one page in one piece, with its styles inside, no cookie and nothing left in the browser."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import get_language

from simpul.portal.middleware import POLICY

# The page that is left is replaced, so that "back" does not return to it. Escape pressed twice leaves, too.
SCRIPT = (
    'var n=0,k=document.getElementById("keluar");'
    'function pergi(){document.documentElement.style.display="none";location.replace(k.href);return false}'
    "k.onclick=pergi;"
    'document.onkeydown=function(e){if(e.key==="Escape"){if(++n>1)pergi();setTimeout(function(){n=0},1500)}}'
)
SCRIPT_HASH = b64encode(sha256(SCRIPT.encode()).digest()).decode()
OWN_POLICY = POLICY.replace("script-src 'self'", f"script-src 'sha256-{SCRIPT_HASH}'")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{}:;,>])\s*")


def page(request, name, *, status=200, **facts):
    """A page of the portal."""
    return sheet(rendered(name, request.path_info, **facts), status=status)


def sheet(html, *, status=200):
    """A rendered page as an answer."""
    response = HttpResponse(html, status=status)
    response.headers["Content-Security-Policy"] = OWN_POLICY
    return response


def rendered(name, path, **facts):
    """The text of a page. No context processor runs: the public pages know of no officer and no session."""
    return loader.get_template(f"portal/{name}.html").render(_surroundings(path) | facts)


@cache
def style():
    """All styles of the portal on one line: the tokens of the house, then the portal's own."""
    both = [loader.get_template(name).template.source for name in ("tokens.css", "portal/portal.css")]
    return _AROUND.sub(r"\1", " ".join(_COMMENT.sub("", "".join(both)).split())).replace(";}", "}")


def _surroundings(path):
    language = get_language() or "id"
    return {
        "language": language,
        "other_language": "id" if language == "en" else "en",
        "other_address": path.removeprefix("/en") if language == "en" else f"/en{path}",
        "style": style(),
        "script": SCRIPT,
        "leave_to": settings.LEAVE_TO,
        "region": settings.REGION_NAME,
        "demo": settings.DEMO,
    }
