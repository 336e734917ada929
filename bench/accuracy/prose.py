# ruff: noqa: E501 - sentences stand as agencies write them
"""Descriptions of offices as agencies write them: figures in natural sentences, and numbers that are no figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from bench.accuracy.quantities import Quantity, count, money, share
from bench.accuracy.vocabulary import GENERIC_NOUNS, KINDS, MONEY_MEASURES, PARTS, SHARES, Country


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the quantities in its slots, `{0}` and so on; each slot takes a whole phrase."""

    template: str
    quantities: tuple[Quantity, ...] = ()
    starts_paragraph: bool = False

    def text(self) -> str:
        line = self.template.format(*(quantity.phrase() for quantity in self.quantities))
        return line[0].upper() + line[1:]

    def respelled(self, rng: Random) -> Sentence:
        return replace(self, quantities=tuple(quantity.respelled(rng) for quantity in self.quantities))


OPENINGS = (
    "{The} {mission}.", "{The} {mission} for communities in every part of the country.", "{The}, working with partners, {mission}.",
    "{The} is the arm of {agency} that {mission}.", "Day and night, {the} {mission}.", "{The} {mission} and answers to Parliament for it.",
)  # fmt: skip
DEFINING = (
    "{The} {mission}.",
    "{The} {mission} for people in every part of the country.",
    "{The}, known for its patience, {mission}.",
)
ONE = (
    "It relies on {0}.", "Its network comprises {0}.", "{0} are listed in its register.", "Together with its partners it supports {0}.",
    "It has {0} and a long memory.", "At present it looks after {0} in town and country.", "The register now lists {0}.",
)  # fmt: skip
TWO = (
    "It is made up of {0} and {1}.", "Under its care are {0}, as well as {1}.", "It comprises {0} with {1}.",
    "Day to day it relies on {0} and, in the field, on {1}.", "Its remit takes in {0}; it also answers for {1}.",
)  # fmt: skip
THREE = (
    "Its head oversees {0}, {1}, and {2}.", "The portfolio spans {0}, {1} and {2}.", "It coordinates the work of {0}, {1}, and {2} around the clock.",
    "It is responsible for {0}, {1}, and {2}, among other things.",
)  # fmt: skip
MONEY = (
    "It has {0}.", "It works with {0}, voted every year.", "The office manages {0} on behalf of the public.", "Parliament has given it {0}.",
    "Its work is paid for from {0}.",
)  # fmt: skip
MIXED = (
    "With {0} and {1}, it is among the larger parts of the agency.", "It has a staff of {0} and {1}.", "Staffed by {0}, it runs on {1}.",
    "It fields {0}, with {1}.",
)  # fmt: skip
SHARE = (
    "Its service standard is {0}.",
    "Last year it reported {0}.",
    "The published target is {0}.",
    "It can point to {0}.",
)
AMOUNTS_IN = ("grants", "loans", "royalties", "duties and fees", "fines", "subsidies", "scholarships")
DISTRACTORS = (
    "It was established in {year} under Public Law {law}.", "Its origins go back to the {decade}s.", "The hotline is staffed 24/7.",
    "Its powers rest on Title {small} of the Code, section {law}.", "It was reorganized on October 1, {year}.",
    "Call 1-800-555-0{three} or write to Room {three}, {law} Constitution Avenue NW.", "It was the {small}th such body to be set up.",
    "It brought separate functions into one office.", "It is one of the oldest parts of the agency.", "The plan runs from {year} to {year2}.",
    "It carries out the {year} Act (H.R. {law}) and Executive Order 1{law}.", "In fiscal year {year} it moved to a new building.",
    "It reports on Form {law} and under section {three}(b).", "It works hand in hand with the G20 and with Interpol.",
    "It won the award for a third year in a row.", "Readers can find it on the 5th floor, suite {three}.", "It publishes Circular A-{three} each spring.",
    "It is the first line of defense against fraud.", "Its charter is set out in 5 U.S.C. {three}.", "Since FY{year} the program has been permanent.",
    "Phase 2 of the renewal began in March {year}.", "Tel: +44 20 7946 0{three}.", "Complaints are answered by email, Monday to Friday, 9:00 to 17:00.",
    "It works in partnership with Region {digit} and the 21st Century Fund.", "See Chapter {small}, paragraph {digit}.{digit}, of the manual.",
)  # fmt: skip
MENTIONS = (
    "It is headed by {a_title} who reports to the head of the agency.", "Each branch is led by a Deputy Director.",
    "{A_title} is appointed for a fixed term.", "The post of {title} was created by statute.", "Its branches are headed by Assistant Directors.",
    "The {title} chairs the weekly meeting.", "The {title} is supported by an Executive Secretary and a Chief of Staff.",
    "{A_title} may be removed only by the minister.",
)  # fmt: skip
FILLER = (
    "By working across boundaries it promotes trust, fairness and a culture of service.", "Its staff come from every walk of life.",
    "It sets policy, writes guidance and checks that both are followed.", "Public meetings are held in the spring and the autumn.",
    "It strives to be open, quick and courteous.", "Much of its work is done together with local authorities and tribal governments.",
    "It advises on legislation—including trade, travel and the environment—and represents the agency abroad.",
    "Through training and research, it strengthens the agency’s capacity to meet tomorrow’s needs.",
)  # fmt: skip


def describe(rng: Random, kind: str, country: Country, title: str, richness: int) -> tuple[Sentence, ...]:
    """Return the sentences that follow an opening, with `richness` sentences of figures among them."""
    measures = _Measures(rng, kind, country)
    stated = [_stated(rng, measures) for _ in range(richness)]
    quiet = [Sentence(_distractor(rng)) for _ in range(rng.choice((0, 1, 1, 2)))]
    quiet += [Sentence(_mention(rng, title))] if rng.random() < 0.4 else []
    quiet += [Sentence(rng.choice(FILLER))] if rng.random() < 0.7 else []
    sentences = list(dict.fromkeys(stated + quiet))
    rng.shuffle(sentences)
    return tuple(replace(sentence, starts_paragraph=rng.random() < 0.3) for sentence in sentences)


def more(rng: Random, kind: str, country: Country, taken: set[str]) -> Sentence:
    """Return one more sentence with one more figure, of a measure not `taken`."""
    measures = _Measures(rng, kind, country, taken)
    return Sentence(rng.choice(ONE), (measures.counted(),))


class _Measures:
    """Draws quantities so that no two of one office could be taken for each other."""

    def __init__(self, rng: Random, kind: str, country: Country, taken: set[str] | None = None) -> None:
        self.rng, self.country, self.taken = rng, country, set(taken or ())
        self.nouns = [*KINDS[kind].nouns, *GENERIC_NOUNS, *((noun, 3, 40) for noun in PARTS)]

    def counted(self) -> Quantity:
        return count(self.rng, *self._fresh(self.nouns))

    def money(self) -> Quantity:
        measure = self._fresh([(measure, 0, 0) for measure in MONEY_MEASURES])[0]
        article = "an" if measure[0] in "aeiou" else "a"
        frame = f"{article} {measure} of {{}}"
        return money(self.rng, measure, frame, self.country.currency, self.country.signs)

    def amount_in(self) -> Quantity:
        measure = self._fresh([(measure, 0, 0) for measure in AMOUNTS_IN])[0]
        return money(self.rng, measure, f"{{}} in {measure}", self.country.currency, self.country.signs)

    def share(self) -> Quantity:
        return share(self.rng, self._fresh([(measure, 0, 0) for measure in SHARES])[0])

    def _fresh(self, choices: list[tuple[str, int, int]]) -> tuple[str, int, int]:
        free = [choice for choice in choices if not self.taken & set(choice[0].split())]
        chosen = self.rng.choice(free)
        self.taken |= set(chosen[0].split()) - {"and", "of", "on"}
        return chosen


def _stated(rng: Random, measures: _Measures) -> Sentence:
    shape = rng.random()
    if shape < 0.3:
        return Sentence(rng.choice(ONE), (measures.counted(),))
    if shape < 0.5:
        return Sentence(rng.choice(TWO), (measures.counted(), measures.counted()))
    if shape < 0.65:
        return Sentence(rng.choice(THREE), tuple(measures.counted() for _ in range(3)))
    if shape < 0.75:
        return Sentence(rng.choice(MONEY), (measures.money(),))
    if shape < 0.88:
        return Sentence(rng.choice(MIXED), (measures.counted(), measures.money()))
    return _rarer(rng, measures)


def _rarer(rng: Random, measures: _Measures) -> Sentence:
    if rng.random() < 0.5:
        return Sentence("In the year just ended it handed out {0}.", (measures.amount_in(),))
    return Sentence(rng.choice(SHARE), (measures.share(),))


def _distractor(rng: Random) -> str:
    year = rng.randint(1870, 2021)
    return rng.choice(DISTRACTORS).format(
        year=year,
        year2=year + 5,
        decade=year // 10 * 10,
        law=rng.randint(1001, 9899),
        small=rng.randint(14, 19),
        three=rng.randint(101, 989),
        digit=rng.randint(2, 9),
    )


def _mention(rng: Random, title: str) -> str:
    article = "an" if title[0] in "AEIO" else "a"
    line = rng.choice(MENTIONS)
    return line.format(title=title, a_title=f"{article} {title}", A_title=f"{article.capitalize()} {title}")
