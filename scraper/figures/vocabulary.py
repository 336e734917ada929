"""The closed word classes of English that tell a quantity from a number, and a noun from its surroundings."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PREPOSITIONS = words(
    "of in on at by for from with within without to into onto across through throughout over under"
    " between among against during before after since until till per via around about near along beyond"
    " including excluding versus than as like upon toward towards behind beside besides despite except"
    " inside outside off out up down regarding concerning amid worth below above plus"
)
DETERMINERS = words(
    "the a an this that these those its their our his her my your all both some any no such each every"
    " either neither"
)
PRONOUNS = words(
    "it they we he she i you them us him who whom whose which what where when while whether if because so"
    " but nor yet though although there here then thus also only even just still already"
)
AUXILIARIES = words(
    "is are was were be been being has have had having do does did can could may might must shall should"
    " will would not cannot"
)
ADVERBS = words(
    "last next past ago now today yesterday nationwide worldwide abroad together annually yearly daily"
    " weekly monthly currently alone instead respectively away later earlier"
)
NUMBER_WORDS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
STOPS = PREPOSITIONS | DETERMINERS | PRONOUNS | AUXILIARIES | ADVERBS | NUMBER_WORDS
CONJUNCTIONS = words("and or &")

COLLECTIVES = words(
    "people men women children personnel staff aircraft police troops crew crews workforce feet species"
    " series livestock faculty headcount military clergy alumni spacecraft watercraft hovercraft fte media"
    " criteria data cattle fish sheep deer headquarters"
)
"""Nouns that count many without a plural s."""
COLLECTIVE_ENDINGS = ("men", "women", "people", "children", "craft", "folk")
SINGULAR_ENDINGS = ("ss", "us", "is", "'s", "’s", "ous")
NOT_PLURAL = words(
    "always perhaps besides sometimes towards afterwards yes alas lens gas bias canvas christmas texas"
    " kansas arkansas illinois paris wales mars oversees manages provides employs serves operates"
    " maintains includes ensures enforces conducts protects coordinates administers develops delivers"
    " consists comprises performs promotes facilitates directs advises regulates collects receives"
    " supervises encompasses covers comes makes becomes remains requires helps reaches exceeds totals says"
    " gives takes seeks holds runs goes allows enables represents constitutes generates processes contains"
    " spans"
)
MODIFIER_PLURALS = words(
    "customs operations affairs services states veterans systems communications sports sales human arms"
    " forces narcotics logistics economics savings news standards claims benefits grants contracts nations"
    " headquarters elections weapons munitions electronics statistics physics courts records"
    " public-affairs police military crew media data staff headcount fish livestock personnel emergencies"
)
"""Plurals and collectives that often stand before the noun that is counted: "customs field offices"."""
PREDICATES = words(
    "identify speak live come go know believe "
    "support provide serve manage operate oversee work report lead employ include maintain conduct"
    " protect process handle enforce ensure help deliver open closed operational available active make"
    " cover patrol train develop coordinate administer perform promote facilitate direct advise regulate"
    " collect receive supervise make hold run span share remain participate identify contribute represent"
    " form comprise represent responsible located based"
)
"""Words that, after a plural noun, begin what is said of it."""

NOUNS_IN_ING = words(
    "operating training housing building funding spending lending borrowing policing staffing processing"
    " manufacturing engineering shipping fishing mining banking landing financing accounting screening"
    " planning working running monitoring testing counseling nursing housing teaching sporting trading"
    " holding acting remaining existing standing"
)
"""Words in -ing that modify or are a noun: "annual operating budget"; any other begins what is said of one."""

STATES = words("open closed operational available active complete vacant online offline eligible ready")
"""Adjectives that, after the noun of a share, are said of it: "65% of stores open"."""

FILLERS = words(
    "major main key primary principal total overall combined large larger significant important different"
    " various separate distinct unique individual dedicated talented skilled hardworking hard-working"
    " highly mostly mainly largely primarily nearly diverse other more entire whole approximate estimated"
)
"""Adjectives of size and praise: a page may add or drop them without counting anything else."""

EMPTY_HEADS = words(
    "miles mile kilometers kilometres km acres hectares tons tonnes pounds kilograms kg gallons barrels"
    " liters litres meters metres feet yards members pieces types kinds categories forms units points"
    " lines hours square cubic percent share number bodies items cases sets doses shipments"
)
"""Nouns that say little without what they are "of"."""

MONEY_NOUNS = words(
    "budget budgets appropriation appropriations funding revenue revenues spending expenditure"
    " expenditures outlays portfolio assets grants loans investment investments costs cost savings duties"
    " taxes fees trade imports exports request debt deficit gdp sales income endowment allocation turnover"
    " payments benefits fines penalties fund funds payroll receipts contracts program programs value"
    " resources collections"
)
SUM_NOUNS = words("total sum amount excess minimum maximum average number figure range")
GROUP_NOUNS = words(
    "workforce staff personnel headcount complement strength team fleet force membership population"
    " enrollment enrolment roster cadre inventory network staffing faculty crew corps"
)
"""Singular nouns that a bare number may belong to: "a workforce of 12,500"."""

TIME_NOUNS = words(
    "year years month months week weeks day days hour hours minute minutes second seconds decade decades"
    " century centuries quarter quarters night nights times time term terms o'clock"
)
WORKED_TIME = words("hours days nights")
"""Units of time that count work done where a noun stands before them: "flight hours", "patient days"."""
COMPOUND_UNITS = words(
    "mile miles kilometer kilometre km acre hectare foot bed seat ship vessel aircraft officer agent"
    " employee unit room judge country nation site office station"
)
"""What a number may count in a hyphenated adjective: "4,000-mile boundary", never "five-year plan"."""
COMPOUND_PEOPLE = words("strong person member man woman people staff")
"""The same, where the noun that follows is what is counted: "1,100-strong workforce"."""

MONTHS = words(
    "january february march april may june july august september october november december jan feb mar"
    " apr jun jul aug sep sept oct nov dec"
)
DESIGNATORS = words(
    "proposition vision agenda"
    " section sec § title article chapter part subpart subchapter paragraph clause rule regulation law"
    " p.l. h.r. hr s. bill docket case form room suite floor route highway interstate region district"
    " class grade level phase tier step stage volume vol no nos number # page pp figure table appendix"
    " annex exhibit item line version v ver group type category zone building bldg box apt unit lot gate"
    " terminal pier channel flight squadron battalion precinct ward circuit goal objective priority pillar"
    " order eo e.o. resolution directive proclamation amendment schedule fy cy year tel phone telephone"
    " fax call dial ext extension zip age aged fortune top boeing airbus iso cop covid usc u.s.c. cfr"
    " c.f.r. stat fr f.r. code sections titles articles chapters parts paragraphs rules forms rooms routes"
    " regions districts phases tiers volumes pages numbers levels classes groups figures tables § §§ fig"
    " par para rev dated born since stanag nsc hspd ppd act band scale pay-grade gs ses docket mail code"
    " pin postcode"
)
"""Words whose number is a name: "Section 232", "Form 3461", "Region 7", "aged 45"."""
CITATIONS = words("usc u.s.c. u.s.c cfr c.f.r. stat fr f.r. fed")
CLOCK = words("am pm a.m. p.m. a.m p.m o'clock o’clock noon midnight hrs edt est cet gmt utc")
STREETS = words(
    "street st avenue ave road rd drive dr boulevard blvd lane ln way highway hwy parkway pkwy plaza"
    " square court ct terrace place pl nw ne sw se"
)
FRACTIONS = words("half halves third thirds quarter quarters fourth fourths fifth fifths tenth tenths")
BACK_REFERENCES = words("these those both other first last next past previous following same latter former")
COUNTING_VERBS = words(
    "employs employ employed employing has have had with manages manage managed managing oversees oversee"
    " oversaw overseeing operates operate operated operating includes include included including comprises"
    " comprising maintains maintain supports support serves serve serving covers cover covering all"
    " supervises supervising leads leading led directs directing runs running processes processed"
)
CHANGE_VERBS = words(
    "grew grow grown growing increased increase increasing rose risen rising expanded expanding reduced"
    " reducing fell dropped declined shrank raised raising cut went"
)
YEAR_PREPOSITIONS = words(
    "the this in since from until till through during by for before after around about circa early mid late"
    " year years fiscal fy spring summer autumn fall winter between to act"
)
"""Words after which four plain digits are a year, whatever noun follows: "the 2017 hurricanes"."""
CHARGES = words(
    "look looks looking answer answers answering care cares caring cater caters account accounts accountable"
    " provide provides responsible home attend attends see sees tend tends take takes taking"
    " staffed manned"
)
"""Words that make "after", "by", "for", "in" or "to" tell of a charge, not of a year: "looks after 1734 officers"."""
COMMON_NOUNS = (
    COLLECTIVES
    | GROUP_NOUNS
    | MONEY_NOUNS
    | words(
        "employees agents officers offices locations countries ports vessels members workers civilians"
        " contractors divisions directorates bureaus branches programs sites stations airports facilities"
        " employee annual operating field regional full-time part-time federal sworn civilian support"
        " mission agencies departments states volunteers positions laboratories centers centres missions"
        " embassies"
    )
)
"""Words that a heading or a card may capitalise without making a name of them."""

CONNECTORS = words(
    "of is was are were at to : = – — | ( total totals totaling totalling totaled totalled number numbers"
    " numbered numbering stands stood reached reaches reaching worth valued equals averages currently now approximates"
)
"""What may stand between a noun and its quantity: "a workforce of 12,500", "Budget: $1.4 billion"."""
PERIODS = words("fiscal year fy cy calendar financial for in ) ( / current fte ftes")
"""Words of a period between a noun and its quantity: "budget for fiscal year 2024 is"."""

SINGULAR_VERBS = words(
    "supports works reports leads helps plans trains controls protects offers responds staffs handles"
    " patrols looks acts keeps meets stands sits"
)
"""Verbs that look like plurals: a further word after a plural subject's modifier, never its head."""
MONEY_VERBS = {
    "spend": "spending",
    "spends": "spending",
    "spent": "spending",
    "awards": "awards",
    "awarded": "awards",
    "invests": "investments",
    "invested": "investments",
    "collects": "collections",
    "collected": "collections",
    "saved": "savings",
    "saves": "savings",
    "manages": "funds managed",
    "managed": "funds managed",
}
"""What money is called where only a verb says it: "spends $4 billion annually"."""
