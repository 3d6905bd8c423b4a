"""Addresses as patterns for the camera of a telephone, on paper and on pages."""

from base64 import b64encode

import qrcode
from qrcode.image.svg import SvgPathImage


def drawing(address, *, border=0):
    """The pattern of an address as SVG, with a quiet border of so many modules."""
    return qrcode.make(address, image_factory=SvgPathImage, border=border).to_string().decode()


def image(address):
    """The same as the address of an image that stands inside a page."""
    return f"data:image/svg+xml;base64,{b64encode(drawing(address, border=2).encode()).decode()}"
