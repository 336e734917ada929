"""Captures of the past, from wherever they were kept: files with dates, web archives, the Internet Archive."""
