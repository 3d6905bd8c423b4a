import json

from simpul.lib import signed


def test_a_document_has_one_spelling():
    assert signed.spelled({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'
    assert signed.spelled(json.loads(signed.spelled({"b": {"d": 1, "c": 2}}))) == '{"b":{"c":2,"d":1}}'


def test_the_signature_stands_beside_the_document_as_it_was_spelled():
    text = signed.spelled({"number": "R-2026-01"})
    file = signed.beside(text, signature="s", public_key="k")
    assert text.encode() in file
    told = json.loads(file)
    assert signed.spelled(told["document"]) == text
    assert told["signature"]["fingerprint"] == signed.fingerprint(text)
    assert len(signed.fingerprint(text)) == 64


def test_a_key_has_a_name_for_the_telephone():
    name = signed.short_name("MCow")
    assert [len(part) for part in name.split()] == [4, 4, 4, 4]
    assert name != signed.short_name("MCoW")
