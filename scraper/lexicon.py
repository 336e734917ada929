"""Word lists of leadership pages: titles, ranks, honorifics, what offices are about, what is no name.

Lists of words, never of answers: a person or an office that stands here by name would be a defect.
All entries are folded (lower case, no accents); multi-word entries are joined by single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_SPECIAL = str.maketrans(
    {"ø": "o", "æ": "ae", "ł": "l", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "’": "'", "‘": "'"}
)

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(word: str) -> str:
    """Return the word in lower case without accents, for look-ups and comparison."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    plain = lowered.translate(_SPECIAL)
    return plain if plain.isascii() else _BEYOND_ASCII.sub(_bare, unicodedata.normalize("NFD", plain))


def _bare(char: re.Match[str]) -> str:
    return "" if unicodedata.combining(char[0]) else char[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADS = _words("""
    administrator admiral advisor adviser advocate agent aide ambassador analyst archivist architect assistant
    associate attache attorney auditor bailiff bishop captain chair chairman chairperson chairwoman chancellor
    chief clerk colonel commandant commander commissioner commodore comptroller constable consul controller convenor
    coordinator co-ordinator coroner counsel counsellor counselor curator dean delegate deputy director
    director-general economist engineer envoy examiner executive fellow forester general governor
    governor-general head historian inspector judge justice lead leader librarian lieutenant magistrate
    official major manager marshal mayor member minister moderator negotiator nurse officer ombuds ombudsman ombudsperson
    ombudswoman physician planner postmaster premier president principal printer procurator prosecutor provost
    ranger receiver rector registrar regent representative scientist secretary secretary-general senator
    sergeant sheriff undersheriff solicitor speaker specialist spokesperson spokesman spokeswoman statistician strategist
    superintendent supervisor surgeon surveyor taoiseach tanaiste treasurer trustee undersecretary
    under-secretary vice-chair vice-chairman vice-president viceroy warden whip actuary attorney-general
    brigadier geologist hydrologist meteorologist pathologist veterinarian epidemiologist
    paymaster cochair co-chair co-chairman co-director subsecretary treasurer-general minister-president
    commissioner-general inspector-general auditor-general surgeon-general solicitor-general comptroller-general
    registrar-general advocate-general lord-lieutenant mediator intendant prefect alderman
    councilor councillor councilmember chaplain usher serjeant-at-arms sergeant-at-arms parliamentarian
    astronomer assessor reporter accountant bursar convener seal register defender collector conservator custodian comptroller master harbormaster keeper consultant laureate comptroller-general directeur directrice ministre secretario secretaria jefe leiter guardian toxicologist biologist ecologist chemist geographer cartographer psychologist auditors lawyer jurist
""")
"""Nouns that a title turns on."""

HEAD_ABBREVIATIONS = _words(
    "ceo cfo cio coo cto ciso cpo cdo eac dac ac dg md evp svp vp gc ig chro cao cro cso"
)

PLURAL_HEADS = frozenset(
    {f"{word}s" for word in HEADS - {"official"}}
    | _words("""
    secretaries deputies attorneys-general secretaries-general judges chairmen ombudsmen vice-chairs
""")
)

SOLITARY_HEADS = HEADS - _words("assistant associate general executive lead lieutenant fellow major justice")
"""Nouns that are a title even when they stand alone on a line ("Director", "Treasurer")."""

SURNAMES_TOO = _words("""
    bishop chancellor dean fellow forester judge justice keeper major marshal master provost ranger sergeant
    surgeon usher warden
""")
"""Nouns of titles that are family names as well: behind a name they end it ("Susan Bishop")."""

TITLE_MODIFIERS = _words("""
    acting additional adjunct adjutant aide alternate and assistant associate chief co-deputy corporate departmental deputy district
    divisional elected executive federal first founding general group interim joint junior lead lord managing
    national non-executive parliamentary permanent presiding principal private provincial regional resident
    second senior special sr state supervisory third under vice honorary honourable principal-deputy career
    political commanding operating financial information legal medical nursing technology human capital
    flag dominion crown territorial administrative scientific accounting harbour harbor poet procurement privacy data security
""")
"""Words that often come before the noun of a title."""

AFTER_HEAD = _words(
    "general elect designate emeritus select generale adjoint adjointe in-charge in charge major of staff at large pro tem tempore royal"
)
"""Words that belong to a title although they follow its noun without a preposition."""

CONNECTORS = _words(
    "of for to in at on and & the de des du la le with over across on before against under within without"
)
OPENERS = _words("of for to in at on over against under before within with without")

ACTING = _words("acting")
INTERIM = _words("interim")
NOT_CURRENT = _words("""
    former formerly previous previously past retired late ex-director emeritus emerita outgoing incoming
    predecessor featured nominee candidate successor
""")
"""Words before a title or a name that say the person does not hold the office now."""

VACANCY = (
    "vacant", "position vacant", "post vacant", "currently vacant", "vacancy", "position currently vacant",
    "this position is vacant", "this position is currently vacant", "office vacant", "to be announced", "tba",
    "tbd", "to be determined", "to be appointed", "to be named", "to be confirmed", "tbc", "unfilled",
    "currently unfilled", "position unfilled", "no incumbent", "seat vacant", "awaiting appointment",
    "appointment pending", "the position is vacant", "the position is currently vacant", "open position",
    "the post is vacant", "this post is vacant", "temporarily vacant", "post currently vacant", "not filled",
    "recruitment in progress", "recruitment underway", "recruitment under way", "pending appointment", "position open",
    "the office is vacant", "office currently vacant", "this office is vacant", "this office is currently vacant",
    "the office is currently vacant", "the post is currently vacant", "this post is currently vacant", "none",
    "n/a", "seat currently vacant", "position to be filled", "to be filled", "(vacant)", "vacant position",
    "vacant post", "no appointment",
)  # fmt: skip
"""What pages write where a name would stand while nobody holds the office."""

HONORIFICS = (
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "hon", "honorable", "honourable", "the hon",
    "the honorable", "the honourable", "rt hon", "the rt hon", "right honourable", "the right honourable",
    "right hon", "the right hon", "sir", "dame", "lord", "lady", "baroness", "baron", "rev", "reverend",
    "the rev", "the reverend", "his excellency", "her excellency", "h.e", "senator", "rabbi", "imam",
    "shri", "smt", "shrimati", "sri", "datuk", "dato", "dato'", "tan sri", "datin", "cllr", "councillor",
    "sheikh", "sheikha", "sr", "sra", "dona", "ing", "eng", "engr", "adv", "advocate", "atty", "amb",
    "ambassador", "judge", "justice", "viscount", "earl", "countess", "representative", "congressman",
    "congresswoman", "mme", "madame", "monsieur", "herr", "frau",
)  # fmt: skip

RANKS = (
    "general", "gen", "lieutenant general", "lt gen", "lt. gen", "ltg", "major general", "maj gen", "maj. gen",
    "brigadier general", "brig gen", "brig. gen", "bg", "brigadier", "colonel", "col", "lieutenant colonel",
    "lt col", "lt. col", "major", "maj", "captain", "capt", "lieutenant", "lt", "commander", "cmdr", "cdr",
    "lieutenant commander", "lt cmdr", "rear admiral", "radm", "rear adm", "vice admiral", "vadm", "vice adm",
    "admiral", "adm", "sergeant major", "sgt maj", "command sergeant major", "csm", "master sergeant",
    "sergeant", "sgt", "command master chief", "master chief", "chief master sergeant", "commodore",
    "air marshal", "air vice-marshal", "air chief marshal", "air commodore", "group captain", "wing commander",
    "field marshal", "marshal", "chief warrant officer", "cwo", "major-general", "brigadier-general",
    "lieutenant-general", "lieutenant-colonel", "vice-admiral", "rear-admiral", "squadron leader", "mg", "ltc",
    "rear admiral upper half", "rear admiral lower half", "command sgt maj", "master sgt", "staff sgt",
    "chief master sgt", "chief warrant officer 2", "chief warrant officer 3", "chief warrant officer 4",
    "chief warrant officer 5",
)  # fmt: skip

SUFFIXES = _words("""
    jr sr ii iii iv v phd ph.d md m.d jd j.d esq mba m.b.a mpa mph dvm dds rn cpa pe p.e mp qc kc sc cbe obe mbe ret
    usn usa usaf usmc uscg usphs frs frcp am ao ac oam kbe dbe gbe msp ms mla mna mpp tds td psm cmg dcmg
    lld edd drph cissp pmp faan facp facs ed.d dsc sm esquire llm ll.m bsc msc ma ba bs cb kcb dcb cvo lvo pc
    csc dso frcpc mlc mhr hrh do d.o ias ips ifs irs csi cie dphil d.phil cfa cia cfe aicp faicp psyd dpt scd sc.d dr.ph pharmd pharm.d rph
""")

PARTICLES = _words("""
    van von der den de da do dos das del della di du la le las los el al bin binti ibn ben bint ter ten te zu zur
    af av st san y e i ap fitz mac mc o vom zum op t het binte binti bt bte ni nic ui ua nig hoch dalla degli abu ul ur us ud
    s/o d/o a/l a/p w/o
""")

OFFICE_NOUNS = _words("""
    office offices bureau department division directorate agency administration service services command
    commission committee council branch center centre institute laboratory lab board authority ministry section
    unit sector region secretariat program programme programs initiative task force corps guard foundation fund
    inspectorate registry treasury academy station field headquarters group team staff university library
    museum archives court tribunal corporation company trust police patrol operations district bank observatory
    taskforce taskforces cabinet chancery embassy mission consulate delegation presidency parliament legislature
    area assembly senate house port airport hospital clinic college school
""")
"""Nouns that name a body ("Office", "Bureau", "Patrol")."""

OFFICE_WORDS = OFFICE_NOUNS | _words("""
    aboriginal access accessibility accountability accounting accounts acquisition acquisitions adjudication
    admissibility advancement advisory aerospace affairs affordable african aged ageing aging agricultural
    agriculture aid air aircraft airspace alcohol alien aliens alternative america american americas analysis
    analytics animal annual antarctic antitrust appeals applied appointments appropriations aquaculture arctic
    arctic arms army art arts asia asian asset assets assistance assurance asylum atmospheric atomic attorneys
    audit auditing automation aviation awareness ballistic banking bankruptcy behavioral benefit benefits bilateral
    biodiversity biological biomedical biosecurity biotechnology border borders broadband broadcasting budget
    budgets building buildings business businesses campaign cancer capability capacity capital cardiovascular care
    career cargo casualty catchment cemetery census central charity charities chemical child children citizen
    citizens citizenship city civic civil civilian classification clean climate clinical coal coast coastal
    cohesion collection collections combat commemoration commerce commercial commodity commonwealth communication
    communications community communities compensation competition competitiveness complaints compliance
    components computer conduct conference congressional conservation constitution constitutional construction
    consular consumer consumers containment content continental contingency contract contracting contracts
    control conveyance cooperation cooperative cooperatives coordination copyright corporate correction correctional corrections
    corruption cost counter counterintelligence counterterrorism county courts creative credit crime crimes criminal
    crisis crop cross cultural culture currency customer customs cyber cybersecurity dairy dam dams data debt
    decisions defence defense delivery demography dental deposit design detention development devices digital
    diplomacy diplomatic disabilities disability disarmament disaster disclosure disease diseases dispute
    distribution diversity documentation domestic drainage drinking drug drugs early earth east eastern
    ecology economic economics economy ecosystem education educational efficiency elections elderly electric
    electricity electronic emergency emerging emissions employee employees employer employment empowerment
    energy enforcement engagement engineering enterprise enterprises entitlements entrepreneurship environment
    environmental equal equality equalities equipment equity estate ethics ethnic europe european euro evaluation
    evidence examination examinations exchange exchequer excise expenditure expeditionary explosives exploration export exports
    external facilities facility fair faith-based families family farm farming feed fertilizer film finance
    finances financial financing fire firearms fiscal fisheries fishery fish flight flood food foods foreign
    forensic forensics forest forestry forests formation fossil fraud freedom freight fuels future gambling game gaming gas gender genomics
    geographic geography geological geology geospatial global goods governance government governmental grain
    grants gulf habitat hazard hazardous hazards health healthcare heavy hemisphere heritage high higher highway
    highways historic history homeland homeless homelessness homes horticulture hospitals housing human humanitarian humanities hydraulic
    hydrology identity immigration impact import imports improvement inclusion income indian indigenous
    individuals industrial industries industry infectious information infrastructure inland innovation innovations inspection
    inspections inspector institutions institutional instruction insurance insurance integration integrity intellectual intelligence
    interagency interdiction intergovernmental interior internal international investigation investigations
    investigative investment investments investor irrigation islands judicial judiciary juvenile labor labour
    laboratories lakes land landing lands language languages law laws learning legal legislation legislative
    lending leveling levelling liaison licence licensing life lifelong litigation livestock living loan loans local logistics
    lottery low maintenance management manufacturing marine maritime market marketing markets maternal
    materials maternity measurement measurements media mediation medical medicaid medicare medicine medicines
    mental merchant metals meteorological meteorology methods metropolitan middle migrant migration
    military minerals mineral mines mining minority missile missions mobility modeling modernisation
    modernization monetary monitoring mortgage motor multilateral municipal museums music narcotics nation
    nationalities nations native natural nature naval navigation navy nautical networks neighborhood neurological
    new noncommunicable nonproliferation north northern northeast northwest nuclear nursing nutrition nutritional
    occupational ocean oceanic oceans official offshore oil older online operational operation opportunities
    opportunity oral orders organisational organization organizational outreach overseas oversight ownership
    pacific pandemic parcel parks park parliamentary parole partnership partnerships passenger passport patent
    patents patient patients payments payroll peace peacekeeping pension pensions people peoples performance
    permits permitting personnel pesticide pesticides petroleum pharmaceutical pharmaceuticals physical pilot
    pipeline pipelines plan planning plant plants poison policies policy political pollution population
    portfolio ports postal poultry poverty power practice preclearance preparedness preservation prevention
    primary prison prisons privacy private privatization procurement product production productivity products
    professional professions program project projects proliferation promotion property prosecution prosecutions
    protection protective protocol provincial public publications publishing quality quarantine race racial
    radiation radio radiological rail railroad railway railways readiness real reclamation reconciliation reconstruction records recovery
    recreation recruitment recycling red reduction reform refugee refugees regime regional registration
    regulation regulations regulatory rehabilitation relations relationship reliability religious relief remediation
    renewable renewal repatriation reporting reproductive republic research reserve reserves resettlement resilience
    resolution resource resources response responsibility restoration results retail retirement revenue rights
    risk risks river rivers road roads rulings rural safeguards safety sanctions sanitation satellite
    savings schools science sciences scientific sea secondary secret sectors secure securities security seed
    seniors settlement settlements sexual shipping skills small social societal society soil solar solid
    solutions south southeast southern southwest space special specialized species sport sports stability
    standardization standards states statistical statistics stewardship stores strategic strategies strategy
    strategies student students studies substance subsidies supervision supplies supply support surface surveillance survey
    surveys sustainability sustainable systems tactical tariff tariffs tax taxation taxes taxpayer technical
    technological technologies technology telecommunications television tenancy territorial territories
    terrorism terrorist testing textiles therapeutics threat threats thrift tobacco tools tourism town toxic
    toxicology tracking trade trademark trademarks trading traditional traffic trafficking training transactions
    transformation transition transitions transit transnational transparency transport transportation trauma travel
    treatment treaties treaty trials tribal tribes tropical union unions urban use user utilities utility
    vaccine vaccines valley value vehicle vehicles vessel veteran veterans veterinary victims viticulture
    vocational volunteer voting wage wages war warfare warning waste wastewater water waters waterways weapons
    weather welfare west western wetlands wildlife wine women women's women’s wood work workers workforce
    workplace works world worldwide youth zoning analytic joint federal national state states united u.s us uk
    equities prime parliament oceania atlantic pacific-rim euro-atlantic cannabis hemp gaming racing horse
    investigators criminology neuroscience psychiatry cardiology oncology pediatrics immunization hiv aids
    tuberculosis malaria genetics allergy arthritis deafness diabetes digestive kidney eye dental craniofacial
    bioengineering informatics hydropower geothermal photovoltaic hydrogen photonics quantum microelectronics
    semiconductors supercomputing artificial machine robotics drones unmanned uncrewed
    privy seal duchy lancaster bedchamber household whips keeper chequers change maori growth prosperity wellbeing well-being excellence grid grids deployment legacy methodology methodologies
    dissemination drafting interdictions vetting screening credentialing licensure accreditation certification
    inventions rulemaking policymaking intake placement adoption fostering guardianship hydrogeology irrigated
    pastures rangelands rangeland grasslands prairie watershed watersheds basin basins aquifer estuary reef reefs
    lighthouse lighthouses buoys pilotage towage salvage dredging shipyards shipyard fleet fleets hangar runway
    signals cryptology ciphers translation translations interpretation archives manuscripts collections
    exhibitions exhibits galleries heritage antiquities monuments burial cemeteries honours awards decorations
    bullion coinage coins mint mints banknotes stamps stationery print printing copyrights royalties levies
    levy duties excises drawback refunds rebates collections receivables payables disbursements treasury's
    valuation valuations appraisal appraisals assessments assessment returns audits examinations taxpayers'
    groups wealth estates inheritance gifts exempt exemptions nonprofits charities lotteries raffles casinos
    bridges structures tunnels roads pavements signage parking buses ferries trams metro subway streetcars
    pardon pardons clemency sentencing probationers inmates detainees custody bail courtroom juries jurors
    polling ballots electorates redistricting referendums petitions ombuds' hearings mediation arbitration
    cyberspace encryption databases hosting cloud devices apps websites portals helpdesk desktop endpoints
    biologics biometrics blood organs tissues tissue cells embryology fertility maternity infant infants
    hearing vision speech dentistry pharmacy pharmacies nurses physicians paramedics ambulance ambulances
    hazmat pyrotechnics ammunition ordnance munitions armaments armor armory artillery infantry cavalry
    cutters cutter boats boating vessels swimmers divers diving lifeguards beaches piers wharves marinas
    wool dairy beef lamb pork seeds grains rice wheat sugar cotton peanuts citrus honey bees apiculture
    hatcheries aquarium zoo zoos botanical gardens nurseries arboretum trails campgrounds rangers
    wildland smokejumpers fuels' prescribed burning timber sales lumber sawmills pulp paper plywood
    geodesy geodetic hydrographic bathymetry topographic mapping charts cadastral titles registries
    interviews surveys' indicators indices accounts' household households expenditures prices wages' earnings
    crown colonies dominions secretariats lands titles deeds estates customs-house gateway corridor
    multicultural interfaith veterans' children's citizens' consumers' workers' farmers' seniors' patients'
    passengers' taxpayers' victims' infants toddlers pre-school preschool kindergarten tertiary apprenticeships
    apprenticeship traineeships lifelong-learning numeracy literacy libraries archival records' broadcasting's
""")
"""Words that say what an office is about; seldom a person's given name."""

PLACES = _words("""
    afghanistan africa alabama alaska albania alberta algeria andorra angola arizona arkansas argentina armenia
    australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia
    bosnia botswana brazil britain brunei bulgaria burkina burundi california cambodia cameroon canada caribbean chad
    chile china colombia colorado columbia comoros congo connecticut costa croatia cuba cyprus czech delaware
    denmark djibouti dominica ecuador egypt england eritrea estonia eswatini ethiopia fiji finland florida
    france gabon gambia germany ghana greece greenland grenada guam guatemala guinea guyana haiti hawaii herzegovina
    honduras hungary iceland idaho illinois india indiana indonesia iowa iran iraq ireland israel italy jamaica
    japan kansas kazakhstan kentucky kenya kiribati korea kosovo kuwait kyrgyzstan labrador laos latvia lebanon lesotho
    liberia libya liechtenstein lithuania louisiana luxembourg macedonia madagascar maine malawi malaysia
    maldives mali malta manitoba maryland massachusetts mauritania mauritius mexico michigan micronesia minnesota
    mississippi missouri moldova monaco mongolia montana montenegro morocco mozambique myanmar namibia nauru
    nebraska nepal netherlands nevada newfoundland nicaragua niger nigeria norway nunavut ohio oklahoma oman ontario
    oregon pakistan palau palestine panama paraguay pennsylvania peru philippines poland portugal qatar quebec
    queensland rico romania russia rwanda samoa saskatchewan saudi scotland senegal serbia seychelles singapore
    slovakia slovenia somalia spain sudan suriname sweden switzerland syria tanzania tasmania tennessee texas
    thailand tibet togo tonga tunisia turkey turkmenistan tuvalu uganda ukraine uruguay utah uzbekistan
    vanuatu venezuela vermont vietnam virginia wales washington wisconsin wyoming yemen yukon zambia zimbabwe
    zealand york jersey hampshire carolina dakota hague brussels geneva vienna london paris
    swanton buffalo detroit spokane blaine tucson yuma laredo ramey miami houston
""")

NEVER_NAMES = _words("""
    the a an this that these those our your their its his her my we you they it about above after all also among an
    announcements annual any are as at available be been before being biography but by can contact current did do
    does download each email events explore fact facts faq faqs fax find follow for from frequently get go has
    have help here home how if is learn leadership leaders latest link links list location mailing main map meet menu
    more must news newsroom no not now of or organization organisation org other overview page pages phone photo
    photos please press previous print profile profiles read related releases report reports resources search see
    unpaid paid share sign site skip so social speech speeches statement statements story stories subscribe tel telephone than then there
    start started grants hours named soon pending shortly to top topics under until up us use video videos view visit was were what when where which who why will with
    within without yes key quick useful next back biographies address addresses chart structure directory messages
    message welcome information announcement updates update last modified reviewed updated published copyright
    privacy accessibility terms policy foia careers jobs
""")
"""Words that no person is named by; one of them makes a line something else."""

LINK_PHRASES = (
    "more about", "read more", "learn more", "read bio", "view bio", "full bio", "biography", "bio", "read biography",
    "view biography", "full biography", "view profile", "read full", "meet", "contact", "photo of", "portrait of",
    "back to top", "download", "see more", "official photo", "email", "return to", "skip to", "about", "follow",
    "view all", "show all", "hide all", "expand all", "collapse all", "print", "share",
)  # fmt: skip

GENERIC_HEADINGS = _words("""
    leadership leaders leader team management executives executive organization organisation organizational
    structure chart our the meet key senior staff directory people who we are about us overview biographies biography bios bio profiles
    profile current members member list of and officials official officers officer offices governance contacts contact home page
    introduction summary welcome description what it does do mission vision values functions responsibilities role roles duties history
    background information resources links more details read learn principals personnel headquarters
    administration cabinet board other additional top-level top level leadership's portraits photos gallery
    agency department bureau commission ministry organization's ministers directors chiefs commissioners
    secretaries administrators deputies advisors division divisions
""")
"""Words of headings that name a kind of list, not an office."""


@cache
def given_names() -> frozenset[str]:
    """Return given names of many languages, folded: soft evidence that a word begins a person's name."""
    lines = files(__package__).joinpath("given_names.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
