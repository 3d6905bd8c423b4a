"""A reporter without a browser: fetches the form, sends it filled in, reads the receipt. One whole report."""

import re
from http.client import HTTPConnection, HTTPException
from uuid import uuid4

TOKEN = re.compile(rb'name="token" value="([0-9a-f]{32})"')
RECEIPT = re.compile(rb'name="receipt" value="((?:\d ?){28})"')
PART = '--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
STATEMENT = (
    "Tetangga saya dijanjikan kerja di rumah makan di Kuching, gaji 1.500 ringgit. Berangkat tiga minggu lalu lewat "
    "jalan tikus. Sekarang paspornya dipegang majikan, belum pernah digaji, dan tidak boleh pulang. Ini laporan uji "
    "beban nomor {number}."
)
FIELDS = (
    ("danger", "no"),
    ("where", "Jagoi Babang"),
    ("sought", "Jagoi Babang"),
    ("place", "61.07.07.2001"),
    ("happened", "this_month"),
    ("people", "one"),
    ("children", "no"),
    ("kinds", "unpaid_work"),
    ("kinds", "papers_or_debt"),
    ("relation", "friend"),
    ("contact", "0812-0000-0001"),
    ("contact_is_safe", "yes"),
)


class Refused(Exception):
    """The report was not taken; says with which status, or what went wrong on the way."""


class Reporter:
    """One person with one connection, who may send many reports."""

    def __init__(self, port, *, timeout=120):
        self.port, self.timeout = port, timeout
        self.connection = None

    def report(self, number, *, code):
        """Send one whole report; returns its receipt, 28 digits."""
        try:
            token = self._get_form()
            return self._send(number, token, code)
        except (OSError, HTTPException) as problem:
            self.close()
            raise Refused(type(problem).__name__) from problem

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def _get_form(self):
        status, body = self._ask("GET", "/lapor/")
        found = TOKEN.search(body)
        if status != 200 or not found:
            raise Refused(f"form: {status}")
        return found[1].decode()

    def _send(self, number, token, code):
        boundary = uuid4().hex
        fields = (("token", token), ("statement", STATEMENT.format(number=number)), *FIELDS, ("acara", code))
        parts = "".join(PART.format(boundary=boundary, name=name, value=value) for name, value in fields)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        status, answer = self._ask("POST", "/lapor/", f"{parts}--{boundary}--\r\n".encode(), headers)
        found = RECEIPT.search(answer)
        if status != 200 or not found:
            raise Refused(f"report: {status}")
        return found[1].replace(b" ", b"").decode()

    def _ask(self, method, path, body=None, headers=None):
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.read()
