"""Small word lists: what is said out of politeness, and how people open a sentence.

English, German, French, Spanish, Italian, Portuguese, Dutch, a little Russian, Chinese and
Japanese. Only `THANKS`, `GREETINGS` and `PLEASANTRIES` decide whether a sentence is noted at all;
the others tilt a choice that also works without them. All in lower case.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


THANKS = _words("""
thanks thank thx thanx ty tysm tyvm cheers congrats congratulations
danke dankeschön vielen merci gracias grazie obrigado obrigada bedankt dank спасибо благодарю
""")
"""Words that open a clause of thanks."""

GREETINGS = _words("""
hi hello hey hiya howdy greetings welcome dear yo regards sincerely bump following
hallo moin servus grüße liebe lieber bonjour bonsoir salut bienvenue cordialement hola saludos
bienvenido bienvenida ciao salve saluti olá oi abraços hoi groetjes привет здравствуйте
""")
"""Words that open a clause of greeting or farewell."""

PLEASANTRIES = _phrases("""
good morning | good evening | good night | good afternoon | best regards | kind regards |
best wishes | all the best | yours sincerely | yours truly | take care | have a nice day |
good point | great point | fair point | well said | so true | very true | nice one | nice post |
great post | great thread | good post | same here | me too | me neither | love it | love this |
oh my god | you're welcome | no problem | my pleasure | just kidding |
guten morgen | guten tag | guten abend | gute nacht | mit freundlichen grüßen | viele grüße |
liebe grüße | beste grüße | schöne grüße | gut gesagt | sehr gut | ich auch | bitte schön |
bien dit | moi aussi | bonne journée | bonne soirée | de rien | très bien |
muy bien | bien dicho | yo también | buenos días | buenas tardes | buenas noches | de nada |
buongiorno a tutti | buona giornata | anche io | ben detto | molto bene |
bom dia | boa tarde | boa noite | eu também | muito bem |
goede morgen | goedemorgen allemaal | met vriendelijke groet | ik ook | goed gezegd
""")
"""Clauses that say nothing more, as a whole."""

UNSPACED_THANKS = (
    "谢谢",
    "謝謝",
    "感谢",
    "感謝",
    "ありがとう",
    "有難う",
    "你好",
    "您好",
    "こんにちは",
)
"""How thanks and greetings begin where words are not set apart."""

LEANING = _words("""
this that these those it its they them he she his her and but or so also then because however
therefore which such there anyway yes no yeah nope well ok okay again still
das dies diese dieser es sie er und aber oder also dann weil denn trotzdem doch
ce cela ça ceci il elle ils elles et mais ou donc alors parce
esto eso este ese ello y pero o entonces porque
questo quello e ma o quindi allora perché isto isso ele ela mas então porque
dit dat het zij hij en maar of dus dan want
""")
"""First words of sentences that lean on what was said before."""

OPINION = _words("""
think believe feel guess prefer suppose doubt agree disagree opinion view should must ought need
needs better best worse worst wrong right important matter matters worth suggest recommend argue
support oppose against favour favor wish hope fear point reason problem rather enough
denke glaube finde meine meinung sollte sollten muss müssen besser schlechter wichtig falsch
pense crois trouve avis devrait devons faut mieux important préfère
creo pienso opino opinión debería debemos hay mejor peor importante prefiero
penso credo opinione dovrebbe bisogna meglio peggio importante preferisco
acho acredito opinião deveria melhor pior importante prefiro
vind denk geloof mening moet moeten beter slechter belangrijk
""")
"""Words by which people mark what they say as what they think."""
