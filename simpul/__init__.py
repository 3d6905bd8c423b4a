"""Simpul: the integrated system with which an Indonesian region fights trafficking in persons."""

__version__ = "0.1.0"
