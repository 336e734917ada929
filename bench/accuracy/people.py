"""Names of people as governments write them: many origins, many shapes, no two people alike on one page."""

from __future__ import annotations

from random import Random

NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "anglo": (
        tuple(
            "James Mary Robert Patricia Linda Michael Barbara Susan Thomas Karen Charles Nancy Grace Hope".split()
        )
        + tuple(
            "Daniel Margaret Anthony Sandra Mark Ashley Joy Dale Kim Lynn Wesley Priscilla Bernadette".split()
        ),
        tuple("Smith Banks Page Marshall Bishop Rivers Young Price Long Fields Justice Rice Day Stone".split())
        + tuple("Whitfield Abernathy Culpepper Hollingsworth Pratt Greenberg Ackerman Thornton Wray".split()),
    ),
    "gaelic": (
        ("Siobhán", "Pádraig", "Aoife", "Niamh", "Eoin", "Ciarán", "Gráinne", "Fergus", "Máire", "Tadhg"),
        (
            "O'Brien",
            "Ó Briain",
            "McAllister",
            "MacGregor",
            "Ní Chonaill",
            "O’Dowd",
            "Mac Giolla",
            "McKee",
            "FitzGerald",
        ),
    ),
    "iberian": (
        ("José", "María", "Alejandro", "Ximena", "Raúl", "Concepción", "Íñigo", "Esperanza", "Joaquín", "Luz"),
        (
            "Muñoz",
            "de la Cruz",
            "García-Peña",
            "Núñez Ortega",
            "del Río",
            "Ibáñez",
            "Pérez y Soto",
            "dos Santos",
        ),
    ),
    "french": (
        ("François", "Élise", "Jean-Luc", "Anne-Marie", "Benoît", "Thérèse", "Mélanie", "Yves", "Marie-Claude"),
        ("Lefèvre", "de Villepin", "Tremblay", "L'Heureux", "D'Aoust", "Côté", "St-Pierre", "Le Goff", "Gagné"),
    ),
    "nordic": (
        ("Bjørn", "Åsa", "Sigríður", "Mads", "Jóhanna", "Øystein", "Håkon", "Tove", "Kjell", "Anneli"),
        (
            "Østergård",
            "Gunnarsdóttir",
            "Lindström",
            "Slagsvold Vedum",
            "Nygård",
            "Väyrynen",
            "Skjæran",
            "af Ugglas",
        ),
    ),
    "dutch_german": (
        ("Pieter", "Liesbeth", "Jürgen", "Käthe", "Willem", "Ingeborg", "Dietrich", "Saskia", "Cornelis"),
        (
            "van der Merwe",
            "von Hohenberg",
            "de Vries",
            "Müller-Brandt",
            "ter Horst",
            "Großmann",
            "van 't Hoff",
            "Op den Kamp",
        ),
    ),
    "slavic": (
        ("Zdeněk", "Agnieszka", "Vladimíra", "Łukasz", "Miloš", "Svitlana", "Katarzyna", "Bohdan", "Ivana"),
        ("Nowak", "Dvořáková", "Wiśniewski", "Kovač", "Zelenko", "Brzęczyszczykiewicz", "Hrdlička", "Petrenko"),
    ),
    "south_asian": (
        ("Rajesh", "Priya", "Amrita", "Venkatesh", "Sunil", "Lakshmi", "Imran", "Nirmala", "Arjun", "Farzana"),
        (
            "Sharma",
            "Subramanian",
            "Chatterjee",
            "Patel",
            "Rao",
            "Iyer",
            "Venkataraman",
            "Qureshi",
            "Kaur",
            "Nair",
        ),
    ),
    "east_asian": (
        ("Wei", "Mei-Ling", "Kenji", "Soo-jin", "Hiroko", "Minh", "Li", "Jae-won", "Anh", "Akira"),
        ("Chen", "Nguyen", "Tanaka", "Park", "Kim", "Ng", "Yamamoto", "Ho", "Tran", "Xu"),
    ),
    "african": (
        ("Thandiwe", "Sipho", "Ngozi", "Kwame", "Nkosazana", "Chukwuemeka", "Ayodele", "Mmamoloko", "Tendai"),
        ("Dlamini-Zuma", "Nkosi", "Okonkwo", "Mthembu", "Adeyemi", "Ntshavheni", "Asante", "Mbeki", "Ndlovu"),
    ),
    "arabic_persian": (
        ("Ahmed", "Fatima", "Yusuf", "Layla", "Omar", "Samira", "Khalid", "Noor", "Rashida", "Hossein"),
        (
            "Al-Farsi",
            "El Sayed",
            "bin Rashid",
            "Haddad",
            "Ebrahimi",
            "Abu-Bakr",
            "Khoury",
            "al-Masri",
            "Nasser",
        ),
    ),
    "pacific": (
        ("Nanaia", "Tāmati", "Keoni", "Aroha", "Sitiveni", "Leilani", "Wiremu", "Hinemoa", "Kekoa"),
        ("Ngata", "Te Rangi", "Kahananui", "Mahuta", "Tuilagi", "Kealoha", "Parata", "Taʻala", "Fonoti"),
    ),
    "indigenous_american": (
        ("Deb", "Winona", "Chaske", "Tommy", "Leonard", "Shawnee", "Arlan", "Elouise"),
        ("Haaland", "Deer-Runner", "Begay", "Tsosie", "Two Bulls", "Melius", "Whitefeather", "Yazzie"),
    ),
    "italian_greek": (
        ("Giuseppe", "Francesca", "Dimitrios", "Eleni", "Antonella", "Konstantinos", "Rocco", "Calliope"),
        ("D'Angelo", "Papadopoulos", "Di Natale", "Lo Presti", "DeLuca", "LaRocca", "Stavrou", "Della Corte"),
    ),
}
ONE_WORD = ("Suharto", "Selvaraj", "Thangavel", "Prabowo", "Madhavan", "Soekarno", "Murugesan")
NICKNAMES = ("Chip", "Buddy", "Tex", "Skip", "Mo", "Carry", "Bunny", "Jake", "Kit", "Dutch")
SUFFIXES = ("Jr.", "Sr.", "II", "III", "IV")
POSTNOMINALS = ("PhD", "Ph.D.", "M.D.", "P.E.", "CBE", "OBE", "MPH", "CPA", "QC", "AM", "IAS", "CISSP", "J.D.")
CIVIL_PREFIXES = (
    "Dr.",
    "Dr",
    "Mr.",
    "Ms.",
    "Ms",
    "Mrs",
    "Prof.",
    "Professor",
    "Sir",
    "Dame",
    "The Honorable",
    "Hon.",
)
MINISTER_PREFIXES = (
    "The Rt Hon",
    "The Hon",
    "Hon",
    "Senator the Hon",
    "Rt Hon Dame",
    "The Hon Dr",
    "The Right Honourable",
)
RANKS = (
    "Rear Admiral", "Rear Adm.", "RADM", "Vice Admiral", "Vice Adm.", "Capt.", "Captain", "Colonel", "Col.", "Lt. Gen.",
    "Maj. Gen.", "Brigadier General", "Lieutenant Colonel", "Major", "Cmdr.", "Brigadier", "Air Commodore", "Lt. Col.",
)  # fmt: skip
INITIALS = "ABCDEFGHJKLMNPRSTW"


def person(rng: Random) -> str:
    """Return a full name without honorific, of one of the shapes that government pages print."""
    origin = rng.choice(sorted(NAMES))
    first, last = (rng.choice(part) for part in NAMES[origin])
    shape = rng.random()
    if shape < 0.25:
        return f"{first} {rng.choice(INITIALS)}. {last}"
    if shape < 0.29:
        return f"{rng.choice(INITIALS)}. {first} {last}"
    if shape < 0.33:
        return f"{rng.choice(INITIALS)}.{rng.choice(('', ' '))}{rng.choice(INITIALS)}. {last}"
    if shape < 0.38:
        return f"{first} {_quoted(rng, rng.choice(NICKNAMES))} {last}"
    if shape < 0.42:
        return f"{first} {rng.choice(NAMES[rng.choice(sorted(NAMES))][1]).split()[-1]}-{last.split()[-1]}"
    if shape < 0.47:
        return f"{first} {rng.choice(NAMES[origin][0])} {last}"
    return f"{first} {last}"


def _quoted(rng: Random, nickname: str) -> str:
    opening, closing = rng.choice((("“", "”"), ('"', '"'), ("(", ")"), ("'", "'")))
    return f"{opening}{nickname}{closing}"


def dressed(rng: Random, prefixes: tuple[str, ...]) -> str:
    """Return a name with what a page may put before or after it; most people go without."""
    name, shape = person(rng), rng.random()
    if shape < 0.06:
        return f"{name}{rng.choice((', ', ' '))}{rng.choice(SUFFIXES)}"
    if shape < 0.11:
        return f"{name}, {rng.choice(POSTNOMINALS)}"
    if shape < 0.26:
        return f"{rng.choice(prefixes)} {name}"
    return name


def minister(rng: Random) -> str:
    """Return a name as parliaments of the Commonwealth style it, or a plain one."""
    name, shape = person(rng), rng.random()
    if shape < 0.5:
        return f"{rng.choice(MINISTER_PREFIXES)} {name}{rng.choice((' MP', ' MP', '', ' TD', ' QC MP', ' CBE MP'))}"
    return name if shape < 0.85 else f"{rng.choice(CIVIL_PREFIXES)} {name}"


def surname(name: str) -> str:
    """Return the last word of the name proper, to tell whether two people could be taken for one."""
    bare = name.split(",")[0].split()
    while len(bare) > 1 and bare[-1] in (*SUFFIXES, *POSTNOMINALS, "MP", "TD"):
        bare.pop()
    return bare[-1].casefold()


def cast(rng: Random, size: int, kind: str) -> list[str]:
    """Return `size` people no two of whom share a surname; kind is `civil`, `uniformed` or `ministers`."""
    people: dict[str, str] = {}
    while len(people) < size:
        name = (
            minister(rng)
            if kind == "ministers"
            else dressed(rng, RANKS if kind == "uniformed" else CIVIL_PREFIXES)
        )
        people.setdefault(surname(name), name)
    names = list(people.values())
    if rng.random() < 0.03:
        names[rng.randrange(size)] = rng.choice(ONE_WORD)
    return names
