"""A URL in, a LeadershipPage out."""

from scraper.errors import ScraperError
from scraper.parsing import PARSER_VERSION, parse, parse_capture

__all__ = ["PARSER_VERSION", "ScraperError", "parse", "parse_capture"]
