"""Which reader this is."""

PARSER_VERSION = 5
"""Grows with every change that may read a stored capture otherwise."""
