"""Which reader this is."""

PARSER_VERSION = 6
"""Grows with every change that may read a stored capture otherwise."""
