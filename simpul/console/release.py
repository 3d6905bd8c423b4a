"""`simpul release verify FILE`: whether a release of open data is as it was signed. It needs no network.

FILE is the JSON document or the ZIP package as it was downloaded. The key stands in the file itself; whose it is, no
file can prove. Compare it with the one on the public page, or give it with --key.
"""

import hashlib
import io
import json
import zipfile
import zlib

from simpul.console import alone
from simpul.console.alone import Trouble, say
from simpul.lib import signed
from simpul.lib.speech import _

HELP = "Check the signature of a release of open data, without a network."
EXAMPLE = "simpul release verify R-2026-01.json"
SUMS, SIGNATURE = "SHA256SUMS", "signature.json"
# More than any release holds; a package that says more is not read.
MOST_BYTES = 64 * 1024 * 1024
# What an archive that is none, or is locked or packed in a way unknown here, makes of itself.
NOT_READ = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, RecursionError, NotImplementedError, RuntimeError,
    EOFError,
)  # fmt: skip


def add_arguments(parser):
    parser.add_argument("act", choices=["verify"], help="what to do")
    parser.add_argument("file", metavar="FILE", help="the JSON document or the ZIP package, as downloaded")
    parser.add_argument("--key", metavar="KEY", help="the public key that must have signed it, in Base64")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def run(options, *, out, err):
    name = options.file
    data = alone.bytes_of(name)
    told = _of_package(name, data) if data[:2] == b"PK" else _of_document(name, data)
    if options.key and options.key.strip() != told["public_key"]:
        raise Trouble(
            _("%(file)s is signed with another key: %(key)s. Do not use it.")
            % {"file": name, "key": told["public_key"]}
        )
    if options.json:
        say(out, alone.as_json(told))
        return
    say(out, _("%(file)s is %(number)s as it was signed: nothing was changed.") % {
        "file": name, "number": told["number"]})  # fmt: skip
    say(out, _("SHA-256 %(fingerprint)s") % told)
    say(out, _("Signed with the key %(name)s: %(public_key)s") % told)
    if not options.key:
        say(out, _("Compare the key with the one on the public page."))


def _of_document(name, data):
    """What a JSON document says of itself, once its signature fits."""
    try:
        told = json.loads(data, object_pairs_hook=_once)
        document, beside = told["document"], told["signature"]
        number = document["number"]
        signature, key = beside["signature"], beside["public_key"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _no_release(name) from None
    text = signed.spelled(document)
    _check(name, text.encode(), signature, key)
    if beside.get("fingerprint") != signed.fingerprint(text):
        raise _changed(name)
    return {"number": number, "fingerprint": signed.fingerprint(text), "public_key": key,
            "name": signed.short_name(key)}  # fmt: skip


def _of_package(name, data):
    """The same for a package: the signature is of the list of its files, and the list of the files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise _no_release(name)
            files = _once([(entry.filename, archive.read(entry)) for entry in archive.infolist()])
        beside = json.loads(files[SIGNATURE], object_pairs_hook=_once)
        sums, number, signature, key = files[SUMS], beside["number"], beside["signature"], beside["public_key"]
    except NOT_READ:
        raise _no_release(name) from None
    _check(name, sums, signature, key)
    lines = [line.partition("  ") for line in sums.decode("utf-8", "replace").splitlines()]
    listed = {each: digest for digest, _space, each in lines}
    there = {each: hashlib.sha256(content).hexdigest() for each, content in files.items()
             if each not in (SUMS, SIGNATURE)}  # fmt: skip
    if listed != there:
        raise _changed(name)
    return {"number": number, "fingerprint": hashlib.sha256(data).hexdigest(), "public_key": key,
            "name": signed.short_name(key)}  # fmt: skip


def _once(pairs):
    """Pairs as a dict. A name that stands twice means two things to two readers."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _check(name, data, signature, key):
    from simpul.confidentiality.signing import verifies

    if not isinstance(signature, str) or not isinstance(key, str):
        raise _no_release(name)
    if not verifies(data, signature=signature, public_key=key):
        raise _changed(name)


def _changed(name):
    return Trouble(_("%(file)s was changed after it was signed. Do not use it; download it again.") % {"file": name})


def _no_release(name):
    return Trouble(
        _("%(file)s is no release of open data. Give the JSON document or the ZIP package as downloaded.")
        % {"file": name}
    )
