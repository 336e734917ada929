"""How numbers, currencies and bounds are spelled."""

from __future__ import annotations

from model import Bound
from scraper.figures.vocabulary import NUMBER_WORDS, words

SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "lakh": 10**5,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "mm": 10**6,
    "mio": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "b": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "t": 10**12,
    "tn": 10**12,
    "dozen": 12,
}
GLUED_SCALES = words("k m mn mm b bn t tn")
"""Letters that scale a number only where they touch it: "$300M", never "5 m"."""

SCALE_WORDS = words("hundred thousand million billion trillion dozen lakh crore")
HYPHENATED = NUMBER_WORDS | SCALE_WORDS | words("plus percent dollar")
"""Parts at which a hyphenated word is taken apart: "twenty-one", "billion-dollar", "level-two"."""

PERCENT_WORDS = words("% percent pct")

CURRENCY_SIGNS = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₦": "NGN",
    "₱": "PHP",
    "₪": "ILS",
}
DOLLARS = {
    "us": "USD",
    "u.s.": "USD",
    "a": "AUD",
    "au": "AUD",
    "aud": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "can": "CAD",
    "cdn": "CAD",
    "cad": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "sg": "SGD",
    "nt": "TWD",
    "usd": "USD",
}
"""What stands before a dollar sign: "A$", "NZ$", "US$"."""
CURRENCY_LETTERS = {"R": "ZAR", "Rs": "INR", "RM": "MYR", "Kshs": "KES", "Ksh": "KES", "GH": "GHS"}
"""Letters that are a currency where a number follows: "R4.2 billion", "Rs 500 crore"."""
CURRENCY_CODES = words(
    "USD EUR GBP AUD CAD NZD JPY CHF CNY RMB INR ZAR NOK SEK DKK ISK PLN CZK HUF BGN ILS AED SAR QAR KWD"
    " KES NGN GHS UGX TZS RWF EGP MAD BRL MXN ARS CLP SGD HKD TWD KRW THB IDR MYR PHP VND PKR BDT LKR NPR"
    " UAH"
)
CURRENCY_NOUNS = {
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "rupees": "INR",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rand": "ZAR",
    "won": "KRW",
    "naira": "NGN",
    "shekels": "ILS",
}
NATIONAL_NOUNS = {
    ("us", "dollars"): "USD",
    ("u.s.", "dollars"): "USD",
    ("american", "dollars"): "USD",
    ("australian", "dollars"): "AUD",
    ("canadian", "dollars"): "CAD",
    ("singapore", "dollars"): "SGD",
    ("pounds", "sterling"): "GBP",
    ("british", "pounds"): "GBP",
    ("swiss", "francs"): "CHF",
    ("norwegian", "kroner"): "NOK",
    ("danish", "kroner"): "DKK",
    ("swedish", "kronor"): "SEK",
    ("kenyan", "shillings"): "KES",
}

_BOUNDS = {
    Bound.OVER: "more than|greater than|larger than|over|above|at least|exceeding|exceeds|exceed|exceeded"
    "|in excess of|upwards of|upward of|no fewer than|no less than|not less than|not fewer than|a minimum of"
    "|minimum of|well over|far more than|just over|slightly over|slightly more than|a little over|surpassing"
    "|surpasses|topping|north of|>",
    Bound.ABOUT: "about|around|nearly|almost|approximately|approx|approx .|roughly|some|an estimated|estimated"
    "|close to|approaching|circa|ca .|c .|just about|in the region of|on the order of|in the order of|more or less"
    "|virtually|~|≈",
    Bound.UNDER: "fewer than|less than|under|below|up to|as many as|as much as|no more than|not more than"
    "|at most|a maximum of|maximum of|just under|slightly under|slightly less than|slightly fewer than"
    "|a little under|not exceeding|not to exceed|<",
}
BOUNDS = {tuple(phrase.split()): bound for bound, phrases in _BOUNDS.items() for phrase in phrases.split("|")}
BOUND_WORDS = frozenset(word for phrase in BOUNDS for word in phrase)
BOUND_OPENERS = frozenset(phrase[0] for phrase in BOUNDS)
BOUNDS_AFTER = {
    ("+",): Bound.OVER,
    ("plus",): Bound.OVER,
    ("-", "plus"): Bound.OVER,
    ("or", "more"): Bound.OVER,
    ("or", "greater"): Bound.OVER,
    ("or", "above"): Bound.OVER,
    ("or", "so"): Bound.ABOUT,
    ("or", "fewer"): Bound.UNDER,
    ("or", "less"): Bound.UNDER,
}
