# ruff: noqa: E501 - words stand in tables
"""Quantities with known truth, and the many ways a page can spell one and the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from model import Bound, Figure

LEADS: dict[Bound | None, tuple[str, ...]] = {
    None: ("",),
    Bound.OVER: ("more than ", "over ", "at least ", "exceeding ", "upwards of ", "in excess of ", "more than ", "over ", "no fewer than "),
    Bound.ABOUT: ("about ", "approximately ", "nearly ", "roughly ", "around ", "almost ", "some ", "an estimated ", "close to "),
    Bound.UNDER: ("fewer than ", "up to ", "less than ", "under ", "no more than ", "at most ", "not more than "),
}  # fmt: skip
MONEY_WORDS = {"USD": "dollars", "GBP": "pounds", "EUR": "euros", "INR": "rupees", "ZAR": "rand"}
UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
THOUSAND, MILLION, BILLION = Decimal(1000), Decimal(1_000_000), Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure and how this page spells it.

    `style` names the spelling of the number, `lead` the words of its bound ("+" stands after the number), and
    `sign` what stands before an amount of money. `frame` holds the words around the number, with `{}` for it.
    """

    measure: str
    value: Decimal
    frame: str
    unit: str | None = None
    bound: Bound | None = None
    style: str = "digits"
    lead: str = ""
    sign: str = ""

    def number(self) -> str:
        """Spell the number with its bound and its unit, without the measure."""
        if self.lead == "+":
            return f"{self._bare()}+"
        return f"{self.lead}{self._bare()}"

    def phrase(self) -> str:
        """Return the words of the page: number and measure together."""
        return self.frame.format(self.number()).replace(" of exceeding ", " exceeding ")

    def figure(self) -> Figure:
        return Figure(self.measure, self.value, self.unit, self.bound, self.phrase())

    def respelled(self, rng: Random) -> Quantity:
        """Return the same quantity in other words, such as "$7,500 million" for "$7.5 billion"."""
        choices = [style for style in styles(self) if style != self.style] or [self.style]
        return fit(replace(self, style=rng.choice(choices), lead=lead(rng, self.bound)), rng)

    def _bare(self) -> str:
        if self.unit == "percent":
            return PERCENT_STYLES[self.style].format(plain(self.value), words(int(self.value)))
        return spell_money(self) if self.unit else spell_count(self.value, self.style)


PERCENT_STYLES = {
    "percent": "{0} percent",
    "sign": "{0}%",
    "per_cent": "{0} per cent",
    "percent_words": "{1} percent",
}


def fit(quantity: Quantity, rng: Random) -> Quantity:
    """Mend a style that the value does not allow, and bound words that cannot stand where they are.

    A plus stands only after digits, "exceeding" only after a noun ("a budget exceeding $2 million").
    """
    style = quantity.style if quantity.style in styles(quantity) else rng.choice(styles(quantity))
    plain_digits = style in ("digits", "scaled", "sign", "letter")
    fits = {"+": plain_digits, "exceeding ": " of {}" in quantity.frame}.get(quantity.lead, True)
    wording = quantity.lead if fits else LEADS[Bound.OVER][0]
    return replace(quantity, style=style, lead=wording)


def styles(quantity: Quantity) -> list[str]:
    """List the spellings that state this value exactly."""
    value = quantity.value
    if quantity.unit == "percent":
        whole = value == value.to_integral_value()
        return [style for style in PERCENT_STYLES if whole or style != "percent_words"]
    if quantity.unit:
        return _money_styles(quantity)
    options = ["digits"]
    options += ["plain"] if THOUSAND <= value < 10 * THOUSAND else []
    options += ["words"] if value <= 99 else []
    options += ["spaced"] if value >= 10 * THOUSAND else []
    return options + (["scaled"] if value >= MILLION else [])


def _money_styles(quantity: Quantity) -> list[str]:
    large = quantity.value >= BILLION
    options = ["scaled", "scaled", "letter", "digits"] + (["millions"] if large else [])
    return options + (["currency_word"] if quantity.unit in MONEY_WORDS else [])


def spell_count(value: Decimal, style: str) -> str:
    if style == "words":
        return words(int(value))
    if style == "scaled":
        return f"{plain(value / MILLION)} million"
    if style == "plain":
        return plain(value)
    return f"{value:,f}".replace(",", "\u00a0" if style == "spaced" else ",")


def spell_money(quantity: Quantity) -> str:
    """Spell an amount: "$7.5 billion", "$7.5B", "£12m", "$7,500 million", "7.5 billion dollars", "$7,500,000,000"."""
    scale, word, letter = (BILLION, "billion", "B") if quantity.value >= BILLION else (MILLION, "million", "M")
    amount = plain(quantity.value / scale)
    if quantity.style == "letter":
        lower = {"B": "bn", "M": "m"}[letter]
        return f"{quantity.sign}{amount}{lower if quantity.unit in ('GBP', 'EUR', 'ZAR', 'AUD') else letter}"
    if quantity.style == "millions":
        return f"{quantity.sign}{quantity.value / MILLION:,f} million".replace(".0 ", " ")
    if quantity.style == "currency_word":
        return f"{amount} {word} {MONEY_WORDS[quantity.unit or '']}"
    return (
        f"{quantity.sign}{quantity.value:,f}"
        if quantity.style == "digits"
        else f"{quantity.sign}{amount} {word}"
    )


def lead(rng: Random, bound: Bound | None) -> str:
    """Return words that state the bound; one time in eight the trailing plus of "50,000+"."""
    return "+" if bound is Bound.OVER and rng.random() < 0.125 else rng.choice(LEADS[bound])


def plain(value: Decimal) -> str:
    """Write a decimal without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def words(value: int) -> str:
    """Spell a whole number under a hundred."""
    if value < 20:
        return UNITS.split()[value]
    tens, units = divmod(value, 10)
    return TENS.split()[tens] + (f"-{UNITS.split()[units]}" if units else "") if tens < 10 else str(value)


def pick_bound(rng: Random) -> Bound | None:
    return rng.choice((None, None, None, None, Bound.OVER, Bound.OVER, Bound.ABOUT, Bound.UNDER))


def count(rng: Random, noun: str, low: int, high: int) -> Quantity:
    """Return a number of things, rounded as people round when a bound stands before it."""
    bound, value = pick_bound(rng), rng.randint(low, high)
    if bound and value > 100:
        value = round(value, -len(str(value)) + 2) or value
    if (
        not bound
        and noun in ("households", "taxpayers", "returns", "acres of forest", "maps")
        and rng.random() < 0.5
    ):
        value = rng.randint(11, 99) * 100_000
    quantity = Quantity(noun, Decimal(value), f"{{}} {noun}", bound=bound, lead=lead(rng, bound))
    return fit(replace(quantity, style=rng.choice(styles(quantity))), rng)


def money(rng: Random, measure: str, frame: str, currency: str, signs: tuple[str, ...]) -> Quantity:
    """Return an amount of money of two or three significant digits."""
    scale = rng.choice((MILLION, MILLION, BILLION))
    mantissa = Decimal(rng.choice((rng.randint(11, 99), rng.randint(10, 999), rng.randint(20, 98) * 10))) / 10
    value = (mantissa * scale).quantize(Decimal(1))
    bound = pick_bound(rng)
    quantity = Quantity(measure, value, frame, currency, bound, "scaled", lead(rng, bound), rng.choice(signs))
    return fit(replace(quantity, style=rng.choice(styles(quantity))), rng)


def share(rng: Random, measure: str) -> Quantity:
    """Return a percentage of something."""
    bound = pick_bound(rng)
    value = Decimal(rng.randint(31, 99)) if rng.random() < 0.7 else Decimal(rng.randint(301, 999)) / 10
    quantity = Quantity(measure, value, f"{{}} of {measure}", "percent", bound, "percent", lead(rng, bound))
    return fit(replace(quantity, style=rng.choice(styles(quantity))), rng)
