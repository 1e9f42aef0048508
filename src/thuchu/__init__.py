"""Thực Hư: an open, self-hosted fact-checking desk for local communities."""

__version__ = "0.1.0"
