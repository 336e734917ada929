"""Given names: which are forms of one name, and which are everyday names of their own.

The first list makes "Pete" and "Peter" one person; the second keeps "Eric" and "Erin" two.
"""

_FORMS = """
abigail abby | abraham abe | albert al bert | alexander alex alec sandy | alfred alf fred | allan alan allen
alison allison ali | amanda mandy | andrew andy drew | ann anne annie anna | anthony tony antony | arthur
art barbara barb babs | benjamin ben benny benjamine | bernard bernie | beverly bev | bradley brad | brian
bryan calvin cal | cameron cam | carl karl | carol carole | rene renee | carolyn caroline carrie | casey
kasey | catherine katherine kathryn kate katie kathy cathy cate kathleen kat katharine | charles charlie
chuck chas | cheryl sheryl | christine christina chris chrissy christopher chris kit topher | clare claire |
clifford cliff | clinton clint | cynthia cindy | daniel dan danny david dave davey | deborah debra deb
debbie | dennis denny | diane dianne di | donald don donny | dorothy dot dottie douglas doug | edward ed
eddie ted ned | edwin ed | eleanor ellie nell | elizabeth liz beth betty betsy eliza libby elisabeth bess
lizzie | emily em | eric erik | eugene gene | florence flo | frances fran francie | francis frank franklin
frank | frederick fred freddie fredrick | gabriel gabe | geoffrey jeffrey jefferson jeff geoff jeffery |
george geo gerald gerry jerry | gerard gerry | gilbert gil | gordon gordie | gregory greg gregg | gwendolyn
gwen | harold hal harry harriet hattie | henry hank harry hal | herbert herb | howard howie | isabella
isabel bella izzy isabelle | jacob jake jakob jacqueline jackie | james jim jimmy jamie | janet jan | jason
jayson | jeremy jerry jeremiah | jennifer jen jenny jesse jess | jessica jess jessie | joanne joann joanna
jo | john jack johnny jon | jonathan jon jonny jonathon johnathan joseph joe joey | josephine jo josie |
joshua josh | judith judy judi | karen karin | kenneth ken kenny | kimberly kim lawrence larry laurence |
leonard len lenny leo | leslie lesley les | lewis louis lou lew | louise lou | lori laurie lucille lucy |
luis louis | madeleine maddie madeline | margaret maggie meg peggy marge margie | mark marc | martin marty |
matthew matt mathew | maurice morris | maxwell max maximilian | megan meghan meg | melissa mel melanie mel |
michael mike mick mickey micheal mikey | michelle michele shelly | mitchell mitch | nancy nan | natalie nat
nathan nate nathaniel nat | nicholas nick nicolas nicky | nicole nicki nicola | norman norm | oliver ollie |
olivia liv pamela pam | patricia pat patty trish tricia patti | patrick pat paddy | peter pete | philip
phillip phil | rachel rachael randall randy randolph | raymond ray | rebecca becky becca | richard rick dick
rich ricky richie | robert bob rob bobby robbie bert | rodney rod | roger rodger | ronald ron ronnie |
russell russ | samantha sam | samuel sam sammy | sandra sandy sara sarah | sean shaun shawn | sidney sid
sydney | sophia sophie sofia | stanley stan | stephanie steph | stephen steven steve stuart stewart stu |
susan sue susie suzanne suzy | teresa theresa terry tess | terence terry terrence | theodore ted teddy theo
thomas tom tommy | timothy tim timmy | tracy tracey | valerie val | victor vic | victoria vicky tori vicki
vincent vince vinny | virginia ginny | walter walt wally | william bill will billy willie liam | yvonne
evonne | zachary zach zack
"""

_EVERYDAY = """
aaron abigail ada adam adrian alan albert alexander alexis alice allison alma amanda amber amy andre andrea
andrew angela ann anna anne anthony arthur ashley austin ava barbara barry bella benjamin betty beverly
billy bobby bradley brandon brenda brent brett brian brittany bruce bryan calvin carl carla carlo carlos
carmen carol carole caroline carolyn catherine charles charlotte cheryl chris christian christina christine
christopher clara clare clark colin cora corey craig cynthia dale damian dana daniel daniela danielle darren
david dawn dean deanna deborah debra denise dennis derek diana diane dina dominic dominique don donald donna
dora doris dorothy douglas dylan edgar edith edward elena eleanor elijah elizabeth ella ellen elliot emil
emily emma eric erica erin ernest ethan eugene eva evan evelyn faith felix flora frances francesca francis
francisco frank frederick gabriel gabriela gabrielle gail gary gavin george gerald gerard gina glenn gloria
grace gregory hanna hannah harold harry heather heidi helen helena henry holly hugh hugo ian ida ingrid
irene isaac isabel ivan jack jackie jacob jacqueline jaime jake james jan jana jane janet janice janie jared
jasmine jason jean jeffrey jennifer jeremy jerry jesse jessica jill joan joanna joanne joe joel john jon
jonathan jordan jorge jose joseph joshua joyce juan juanita judith judy julia julian juliana julie julio
june justin karen kari karin karl karla kate katherine kathleen kathryn katie kay kayla keith kelly kelvin
kenneth kerry kevin kim kimberly kristen kurt kyle lana lance larry laura lauren lawrence lea leah lee lena
leo leon leona leonard leslie lewis linda lisa liza logan lora lorena lori louis louise lucas lucia lucy
luis luke lydia lynn madison manuel marc marcia marco marcus margaret maria marian mariana marie marilyn
marina mario marion marissa marjorie mark marla marlene marsha marta martha martin martina marvin mary mason
matthew maureen max maya megan melanie melissa melvin mia michael michele michelle miguel miriam monica
nancy naomi natalie natasha nathan neil nicholas nicola nicole nina noah nora norma norman oliver olivia
oscar owen pablo pamela patrice patricia patrick paul paula pauline pedro peter petra philip phyllis rachel
ralph ramon ramona randy raul raymond rebecca rene renee rhonda richard rita robert roberta roberto robin
roger roland roman ronald rosa rosalie rosalind rose ross roy ruben russell ruth ryan sally samantha samuel
sandra sara sarah scott sean sharon sheila shirley simon simone sonia sophia stacey stanley stefan stefanie
stella stephanie stephen steve steven stuart susan tamara tanya tara teresa terrence terry thea theodore
theresa thomas tiffany tim timothy tina todd tony tracy travis troy tyler valentin valentina valerie vera
veronica victor victoria vincent virginia vivian wade walter wanda warren wayne wendy wesley william yolanda
yvette yvonne zachary zoe
"""

EVERYDAY = frozenset(_EVERYDAY.split())
"""Given names common enough that a letter's difference between two of them is another person, not a typo."""

FORMS: dict[str, frozenset[int]] = {}
"""The groups, by number, of the given names that are forms of one name; "Jerry" is in two."""

for _number, _group in enumerate(_FORMS.split("|")):
    for _form in _group.split():
        FORMS[_form] = FORMS.get(_form, frozenset()) | {_number}


def forms_of_one(left: str, right: str) -> bool:
    """Say whether two given names, folded, are one name or forms of one.

    >>> forms_of_one("mike", "michael"), forms_of_one("troy", "jonathan")
    (True, False)
    """
    return left == right or bool(FORMS.get(left, frozenset()) & FORMS.get(right, frozenset()))
