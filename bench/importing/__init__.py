"""Measured: how fast captures of the past come in, and what they take on disk."""
