"""Agencies of many kinds and countries: their offices, titles, missions and the things they count.

Written without looking at any list of words in the program: what is measured must not be what measures.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of government work: subjects of offices, titles of their heads, missions, nouns with plausible sizes."""

    subjects: tuple[str, ...]
    titles: tuple[str, ...]
    missions: tuple[str, ...]
    nouns: tuple[tuple[str, int, int], ...]
    people: str = "civil"


@dataclass(frozen=True, slots=True)
class Country:
    """How a country writes: currency code and its spellings before an amount, time zone of its dates, its agencies."""

    currency: str
    signs: tuple[str, ...]
    day_first: bool
    agencies: tuple[tuple[str, str, str], ...]


# fmt: off
KINDS: dict[str, Kind] = {
    "customs": Kind(
        (
            "Cargo Security", "Trade Compliance", "Field Operations", "Passenger Processing",
            "Revenue Collection", "Tariff Classification", "Air and Marine Interdiction", "Border Control",
            "Drawback and Refunds", "International Affairs",
        ),
        (
            "Executive Assistant Commissioner", "Assistant Commissioner", "Director General", "Port Director",
            "Chief Inspector", "Deputy Executive Assistant Commissioner", "Member (Customs)", "Comptroller",
            "Collector of Customs", "Executive Director",
        ),
        (
            "secures the supply chain", "collects duties and fees", "keeps lawful travel moving",
            "examines containers and mail",
        ),
        (
            ("ports of entry", 40, 400), ("officers", 900, 30000), ("seaports", 8, 90),
            ("canine teams", 60, 1500), ("containers", 20000, 90000),
        ),
    ),
    "health": Kind(
        (
            "Infectious Diseases", "Food Safety", "Rural Health Policy", "Vaccines and Biologics",
            "Minority Health", "Tobacco Products", "Mental Health Services", "Public Health Preparedness",
            "Medical Devices", "Population Health",
        ),
        (
            "Chief Medical Officer", "Surgeon General", "Associate Director for Science",
            "Principal Deputy Director", "State Epidemiologist", "Chief Nursing Officer",
            "Commissioner of Food and Drugs", "Director", "Chief Pharmacist", "Deputy Secretary",
        ),
        (
            "protects people from disease", "reviews new medicines", "funds clinics where doctors are scarce",
            "watches for outbreaks",
        ),
        (
            ("epidemiologists", 40, 900), ("community clinics", 100, 9000), ("hospitals", 12, 900),
            ("grantees", 60, 1400), ("laboratories", 5, 90),
        ),
    ),
    "energy": Kind(
        (
            "Fossil Energy", "Grid Deployment", "Nuclear Safety", "Petroleum Reserves", "Energy Efficiency",
            "Electricity Delivery", "Technology Transitions", "Environmental Management", "Hydropower",
            "Legacy Management",
        ),
        (
            "Under Secretary for Science", "Assistant Secretary", "Principal Deputy Assistant Secretary",
            "Administrator", "Chief Operating Officer", "Managing Director", "Deputy Under Secretary",
            "Chief Engineer", "Director, Strategic Programs", "Head of Section",
        ),
        (
            "keeps the lights on", "cleans up former weapons sites", "moves inventions to market",
            "licenses reactors",
        ),
        (
            ("reactors", 5, 95), ("megawatts of capacity", 300, 42000), ("scientists", 200, 14000),
            ("miles of transmission lines", 900, 17000), ("dams", 11, 80),
        ),
    ),
    "forestry": Kind(
        (
            "Wildland Fire", "Timber Sales", "Recreation and Trails", "Rangelands", "Watershed Restoration",
            "Urban Forestry", "Law Enforcement", "Forest Genetics", "Minerals and Geology",
            "Roads and Engineering",
        ),
        (
            "State Forester", "Chief Forester", "Regional Forester", "Forest Supervisor",
            "Conservator of Forests", "Chief Ranger", "Land Commissioner", "Deputy Regional Forester",
            "Fire Management Officer", "Warden",
        ),
        (
            "plants, protects and harvests public forests", "fights fires in the back country",
            "keeps trails open", "restores streams",
        ),
        (
            ("acres of forest", 20000, 900000), ("rangers", 40, 2400), ("campgrounds", 30, 700),
            ("fire lookouts", 8, 120), ("hectares of plantation", 8000, 99000),
        ),
    ),
    "coast_guard": Kind(
        (
            "Marine Safety", "Search and Rescue", "Cutter Forces", "Port Security", "Aids to Navigation",
            "Intelligence and Cyber", "Acquisition", "Atlantic Area", "Polar Operations", "Reserve Affairs",
        ),
        (
            "Commandant", "Vice Commandant", "Deputy Commandant for Operations", "Sector Commander",
            "Area Commander", "Superintendent", "Assistant Commandant", "Judge Advocate General",
            "Chief of Staff", "Flag Officer",
        ),
        (
            "saves lives at sea", "guards harbors and channels", "breaks ice for shipping",
            "inspects vessels and their crews",
        ),
        (
            ("cutters", 20, 260), ("aircraft", 30, 240), ("active duty members", 2000, 42000),
            ("small boats", 90, 1900), ("lighthouses", 20, 400),
        ),
        "uniformed",
    ),
    "state_police": Kind(
        (
            "Highway Patrol", "Criminal Investigation", "Forensic Services", "Special Operations",
            "Motor Carrier Enforcement", "Professional Standards", "Aviation", "Records and Identification",
            "Training Academy", "Capitol Police",
        ),
        (
            "Superintendent", "Deputy Superintendent", "Chief Constable", "Assistant Chief Constable",
            "Sheriff", "Bureau Chief", "Division Commander", "Inspector General of Police", "Provost Marshal",
            "Director of Public Safety",
        ),
        (
            "patrols the highways", "investigates serious crime", "examines evidence for local departments",
            "trains recruits",
        ),
        (
            ("troopers", 200, 4400), ("patrol cars", 150, 3300), ("barracks", 8, 110),
            ("crime laboratories", 4, 30), ("detectives", 40, 900),
        ),
        "uniformed",
    ),
    "statistics": Kind(
        (
            "Prices and Living Conditions", "Household Surveys", "National Accounts", "Census Operations",
            "Labour Statistics", "Methodology", "Field Collection", "Agricultural Statistics",
            "Data Dissemination", "Economic Indicators",
        ),
        (
            "Chief Statistician", "Deputy Chief Statistician", "Statistician-General", "Registrar General",
            "Associate Commissioner", "Surveyor General", "Assistant Chief Statistician",
            "National Statistician", "Chief Demographer", "Chief Methodologist",
        ),
        (
            "measures prices", "counts the population", "publishes the national accounts",
            "interviews households and farms",
        ),
        (
            ("interviewers", 120, 7000), ("households", 9000, 90000), ("survey programs", 15, 350),
            ("data products", 30, 900), ("regional offices", 4, 40),
        ),
    ),
    "tax": Kind(
        (
            "Taxpayer Services", "Large Business and International", "Appeals", "Criminal Investigation",
            "Small Business", "Debt Collection", "Excise", "Private Groups and High Wealth", "Charities",
            "Whistleblower",
        ),
        (
            "Commissioner", "Second Commissioner", "Deputy Commissioner", "National Taxpayer Advocate",
            "Chief Counsel", "Chief Tax Officer", "Director of Customer Compliance", "Solicitor",
            "Controller", "Chief Risk Officer",
        ),
        (
            "answers taxpayers' questions", "collects what is due", "hears appeals",
            "audits multinational groups",
        ),
        (
            ("returns", 20000, 900000), ("auditors", 300, 9000), ("walk-in centers", 30, 370),
            ("call centers", 5, 40), ("taxpayers", 90000, 990000),
        ),
    ),
    "transport": Kind(
        (
            "Rail Safety", "Bridges and Structures", "Airports", "Motor Vehicles", "Transit",
            "Pipeline Safety", "Maritime Training", "Road Maintenance", "Aviation Rulemaking",
            "Freight Planning",
        ),
        (
            "Federal Highway Administrator", "Chief Bridge Engineer", "Associate Administrator",
            "Regional Administrator", "Registrar of Motor Vehicles", "General Manager",
            "State Traffic Engineer", "Chief Executive", "Harbour Master", "Project Executive",
        ),
        (
            "inspects track and rolling stock", "builds and mends bridges", "licenses drivers",
            "runs ferries to the islands",
        ),
        (
            ("bridges", 300, 14000), ("lane miles", 4000, 90000), ("ferries", 5, 40), ("airports", 20, 600),
            ("level crossings", 200, 9000),
        ),
    ),
    "justice": Kind(
        (
            "Civil Rights", "Antitrust", "Tribal Justice", "Victims of Crime",
            "Environment and Natural Resources", "Immigration Review", "Legal Policy", "Prosecutions",
            "Corrections", "Legal Aid",
        ),
        (
            "Solicitor General", "Associate Attorney General", "Chief Immigration Judge",
            "Director of Public Prosecutions", "Inspector General", "Pardon Attorney",
            "Principal Deputy Solicitor General", "Public Defender", "Ombudsman", "General Counsel",
        ),
        (
            "enforces civil rights laws", "argues the government's cases", "helps victims of crime",
            "reviews sentences",
        ),
        (
            ("attorneys", 60, 9900), ("prisons", 7, 122), ("judges", 30, 700), ("cases", 2000, 90000),
            ("paralegals", 30, 800),
        ),
    ),
    "culture": Kind(
        (
            "Collections", "Preservation and Access", "Broadcasting", "Public Libraries", "Historic Places",
            "Museum Services", "Copyright", "Exhibitions", "Records Management", "National Languages",
        ),
        (
            "Archivist of the United States", "Librarian of Congress", "Register of Copyrights",
            "Keeper of Public Records", "Curator-in-Chief", "Poet Laureate Consultant", "Chief Archivist",
            "Chair", "Secretary-General", "Dominion Archivist",
        ),
        (
            "keeps the nation's records", "lends to libraries", "registers works",
            "cares for the collections",
        ),
        (
            ("maps", 5000, 900000), ("reading rooms", 5, 44), ("branch libraries", 20, 900),
            ("curators", 20, 400), ("volunteers", 60, 9000),
        ),
    ),
    "agriculture": Kind(
        (
            "Animal Health", "Plant Protection", "Biosecurity", "Crop Insurance", "Grain Inspection",
            "Fisheries", "Rural Development", "Organic Standards", "Soil Conservation", "Wool and Dairy",
        ),
        (
            "Chief Veterinary Officer", "State Veterinarian", "Chief Plant Protection Officer",
            "Permanent Secretary", "Commissioner of Agriculture", "Second Permanent Secretary",
            "Joint Secretary", "Additional Secretary", "Sea Fisheries Officer", "State Entomologist",
        ),
        (
            "keeps pests out", "insures crops", "grades grain", "supports farm families",
        ),
        (
            ("inspectors", 50, 8000), ("grain elevators", 10, 400), ("farms", 4000, 90000),
            ("quarantine stations", 5, 60), ("veterinarians", 40, 2000),
        ),
    ),
}
COUNTRIES: dict[str, Country] = {
    "US": Country("USD", ("$", "$", "US$",), False, (
        ("Bureau of Harbor Inspection", "BHI", "harborinspection.gov"),
        ("Department of Upland Affairs", "DUA", "upland.gov"),
        ("State of Franklin Department of Public Works", "DPW", "franklin.gov"),
        ("National Tidal Service", "NTS", "tides.gov"),
    )),
    "UK": Country("GBP", ("£",), True, (
        ("Department for Northern Waters", "DNW", "gov.uk"),
        ("Office for Coastal Standards", "OCS", "gov.uk"),
    )),
    "AU": Country("AUD", ("A$", "AU$",), True, (
        ("Department of Inland Waters", "DIW", "inland.gov.au"),
        ("Outback Services Agency", "OSA", "osa.gov.au"),
    )),
    "CA": Country("CAD", ("C$", "CA$",), False, (
        ("Prairie Services Canada", "PSC", "canada.ca"), ("Northern Lands Agency", "NLA", "canada.ca"),
    )),
    "NZ": Country("NZD", ("NZ$",), True, (
        ("Ministry of Alpine Affairs", "MAA", "govt.nz"), ("Te Manatū Wai", "TMW", "govt.nz"),
    )),
    "IN": Country("INR", ("₹", "Rs. ", "INR ",), True, (
        ("Ministry of River Works", "MRW", "nic.in"), ("Board of Inland Revenue", "BIR", "gov.in"),
    )),
    "ZA": Country("ZAR", ("R", "ZAR ",), True, (
        ("Department of Dry Lands", "DDL", "gov.za"), ("Karoo Development Agency", "KDA", "gov.za"),
    )),
    "IE": Country("EUR", ("€", "EUR ",), True, (
        ("Department of Island Affairs", "DIA", "gov.ie"), ("Western Roads Authority", "WRA", "gov.ie"),
    )),
    "NO": Country("NOK", ("NOK ",), True, (
        ("Directorate for Fjord Safety", "DFS", "dep.no"),
    )),
    "CH": Country("CHF", ("CHF ",), True, (
        ("Federal Office for Alpine Transit", "FOAT", "admin.ch"),
    )),
    "JP": Country("JPY", ("¥", "JPY ",), False, (
        ("Agency for Coastal Resilience", "ACR", "go.jp"),
    )),
}
OFFICE_PATTERNS = (
    "Office of {}", "Office of {}", "Office of {}", "{} Division", "{} Directorate", "Bureau of {}",
    "{} Branch", "Directorate of {}", "{} Group", "Center for {}", "Department of {}", "{} Bureau",
    "Office of the {} Program", "{} Unit", "{}", "{} Service", "{} Command", "Division of {}",
    "{} Program Office", "Institute for {}", "Centre for {}", "{} Administration",
)
PORTFOLIOS = (
    "Finance", "Health and Social Care", "Defence", "Education and Skills", "Fisheries and Oceans",
    "Labour and Workforce Development", "Justice", "Culture, Media and Sport", "Tourism",
    "Agriculture, Forestry and Regional Affairs", "Veterans’ Affairs", "Home Affairs", "Energy and Mines",
    "Transport", "Housing and Urban Development", "Trade and Export Growth", "Women and Equalities",
    "Indigenous Services", "Water and Sanitation", "Foreign Affairs", "Climate Change", "Seniors",
    "Small Business", "the Environment", "Public Works", "Rural Affairs",
)
MINISTERIAL = (
    "Minister for {}", "Minister of {}", "Secretary of State for {}", "Minister of State for {}",
    "Cabinet Secretary for {}", "Parliamentary Under Secretary of State for {}", "Assistant Minister for {}",
    "Associate Minister of {}", "Secretary of {}", "Deputy Minister of {}", "Junior Minister for {}",
    "Parliamentary Secretary for {}",
)
SOLE_POSTS = (
    "Prime Minister", "Deputy Prime Minister", "Attorney General", "Chancellor of the Exchequer",
    "Leader of the House of Commons", "Treasurer", "Chief Whip", "Minister without Portfolio", "Premier",
    "Lord Privy Seal", "President of the Treasury Board", "Paymaster General",
    "Chief Secretary to the Treasury", "Vice President", "United States Trade Representative",
    "Government Whip", "First Minister",
)
GENERIC_NOUNS = (
    ("employees", 90, 60000), ("staff members", 40, 9000), ("field offices", 5, 90),
    ("public servants", 60, 20000), ("contractors", 30, 900), ("sworn officers", 90, 9000),
    ("districts", 4, 60), ("countries", 11, 120), ("full-time personnel", 50, 20000), ("stations", 6, 240),
)
PARTS = (
    "branches", "sections", "directorates", "field units", "teams", "programs", "committees",
    "advisory boards", "training centers",
)
MONEY_MEASURES = (
    "operating budget", "annual budget", "budget", "capital program", "grant portfolio", "trust fund",
    "annual appropriation", "loan portfolio", "payroll", "procurement budget",
)
SHARES = (
    "claims decided on time", "calls answered within a minute", "inspections completed on schedule",
    "applications filed online", "containers screened before loading", "facilities in good repair",
    "samples tested within a week", "sites reachable by road",
)
# fmt: on
