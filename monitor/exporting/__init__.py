"""The archive in other programs' formats, the same bytes for the same archive."""
