"""The forms of a page as a browser finds them, and what it would send where nobody touched them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

# What a field holds that a page leaves empty, by its type.
USUAL = {"date": "2026-11-20", "datetime-local": "2026-11-20T10:00", "time": "10:00", "number": "1"}
SENTENCE = "Contoh kalimat yang cukup panjang untuk sebuah alasan."
BY_THE_BROWSER = {"csrfmiddlewaretoken"}


@dataclass
class Form:
    """Where a form goes, and its fields: what each holds, and which of them take words."""

    to: str
    method: str
    holds: dict = field(default_factory=dict)
    words: set = field(default_factory=set)

    def sent(self, client, told):
        return client.post(self.to, told) if self.method == "post" else client.get(self.to, told)

    @property
    def kind(self):
        """The same for forms that differ in the number of their file only."""
        return re.sub(r"\d+", "…", urlsplit(self.to).path), self.method, tuple(self.holds)


class Forms(HTMLParser):
    """Reads the forms of a page that was found at an address."""

    def __init__(self, at):
        super().__init__()
        self.at, self.found, self.form, self.choice = at, [], None, None

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(urljoin(self.at, told.get("action", "")), told.get("method", "get").lower())
            self.found.append(self.form)
        elif self.form is not None and tag == "option":
            self._offered(told.get("value"))
        elif self.form is not None and told.get("name") and told["name"] not in BY_THE_BROWSER:
            self._field(tag, told)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag == "select":
            self.choice = None

    def _field(self, tag, told):
        name, kind = told["name"], told.get("type", "text")
        self.choice = name if tag == "select" else self.choice
        if tag == "textarea" or (tag == "input" and kind in {"text", "search", "tel", "email"}):
            self.form.words.add(name)
            self.form.holds[name] = told.get("value") or SENTENCE
        elif tag == "input" and kind in {"radio", "checkbox"}:
            self.form.holds.setdefault(name, told.get("value", "on"))
        elif tag in {"input", "button", "select"} and kind != "file":
            self.form.holds.setdefault(name, told.get("value") or USUAL.get(kind, ""))

    def _offered(self, value):
        if self.choice and value and not self.form.holds.get(self.choice):
            self.form.holds[self.choice] = value


def forms_of(client, address):
    """The forms of the page at an address; none where there is no page."""
    answer = client.get(address)
    if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
        return []
    reader = Forms(address)
    reader.feed(answer.content.decode())
    return reader.found
