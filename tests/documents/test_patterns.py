from base64 import b64decode

from simpul.documents import patterns

ADDRESS = "https://simpul.example/rujukan/ABCD/"


def test_an_address_is_drawn_and_not_written():
    drawn = patterns.drawing(ADDRESS)
    assert "<svg" in drawn
    assert "path" in drawn
    assert ADDRESS not in drawn
    assert drawn != patterns.drawing(ADDRESS + "x")


def test_an_image_inside_a_page_has_the_border_that_a_camera_needs():
    kind, _comma, data = patterns.image(ADDRESS).partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert b64decode(data).decode() == patterns.drawing(ADDRESS, border=2)
