"""Small word lists: what is said out of politeness, and how people open a sentence.

English, German, French, Spanish, Italian, Portuguese, Dutch, a little Russian, Chinese and
Japanese. Only `THANKS`, `GREETINGS` and `PLEASANTRIES` decide whether a sentence says anything;
the others tilt a choice that also works without them. All in lower case.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

Phrases = Mapping[str, Sequence[Sequence[str]]]
"""Phrases as lists of words, by their first word."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


def _by_first_word(text: str) -> Phrases:
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for phrase in _phrases(text):
        found[phrase.split()[0]].append(phrase.split())
    return found


def opens(said: Sequence[str], phrases: Phrases, at: int = 0) -> bool:
    """Whether words go on with one of the phrases from a place on."""
    return any(said[at : at + len(phrase)] == phrase for phrase in phrases.get(said[at], ()))


def has(said: Sequence[str], phrases: Phrases) -> bool:
    """Whether one of the phrases stands among words."""
    if phrases.keys().isdisjoint(said):
        return False
    return any(opens(said, phrases, place) for place in range(len(said)))


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

DANGLING = _by_first_word("""
this one | that one | these two | those two | both of them | the former | the latter | the above |
as above | see above | the same here | siehe oben | wie oben | ci-dessus
""")
"""Points at something that stands in another sentence."""

OPINION = _words("""
think believe feel guess prefer suppose doubt agree disagree opinion view should must ought need
needs better best worse worst wrong right important matter matters worth suggest recommend argue
support oppose against favour favor wish hope fear point reason problem rather enough
belongs deserves depends always never preference
denke glaube finde meine meinung sollte sollten muss müssen besser schlechter wichtig falsch
pense crois trouve avis devrait devons faut mieux important préfère
creo pienso opino opinión debería debemos hay mejor peor importante prefiero
penso credo opinione dovrebbe bisogna meglio peggio importante preferisco
acho acredito opinião deveria melhor pior importante prefiro
vind denk geloof mening moet moeten beter slechter belangrijk
""")
"""Words by which people mark what they say as what they think."""

REASONS = _by_first_word("""
because | since | unless | otherwise | if | when | which means | that is why | that's why |
so that | weil | denn | sonst | wenn | deshalb | deswegen | damit | parce que | puisque | sinon |
porque | perché | siccome | altrimenti | senão | omdat
""")
"""Words that give a reason or a condition."""

ASIDES = _by_first_word("""
by the way | btw | off topic | side note | unrelated | just kidding | lol | haha |
for example | for instance | übrigens | zum beispiel | au fait | par exemple | por cierto |
por ejemplo | tra l'altro | per esempio | aliás | por exemplo | trouwens | bijvoorbeeld
""")
"""Marks what is beside the matter, or an example of it."""

STANCES = _by_first_word("""
i think | i don't think | i believe | i prefer | i'd prefer | i would prefer | i'd rather | i like |
i agree | i disagree | i doubt | i vote | i support | i'm for | i'm against | i am for |
i am against | we prefer | we should | we need | we must | let's | lets | my preference |
my opinion | my vote | in my view | imo | imho | the point is | what matters |
ich denke | ich finde | ich glaube | ich meine | ich würde | meiner meinung | wir sollten |
je pense | je crois | je préfère | à mon avis | il faut | on devrait |
creo que | pienso que | prefiero | en mi opinión | deberíamos |
penso che | credo che | preferisco | secondo me | dovremmo |
acho que | na minha opinião | deveríamos |
ik denk | ik vind | volgens mij | we moeten
""")
"""Says outright where somebody stands."""

INTRODUCTIONS = _by_first_word("""
i run | i am a | i am an | i am the | i'm a | i'm an | i'm the | i'm new | i work | i worked |
i managed | i manage | i spent | i used to work | i have worked | i've worked | i have been |
i've been | i have a | i've got | i went | i just | i was at | my name | we are a | we're a |
as a | as an | new here | first post | long time |
ich bin | ich arbeite | ich habe | ich war | mein name |
je suis | je travaille | j'ai | en tant que |
soy | trabajo | llevo |
sono | lavoro | ho |
sou | trabalho | tenho |
ik ben | ik werk | ik heb | mijn naam
""")
"""How a sentence opens in which people say who they are and what they did."""

CHANGE_OF_MIND = _by_first_word("""
i was wrong | i have been wrong | i've been wrong | i stand corrected | i changed my mind |
i've changed my mind | i have changed my mind | i take back | i take that back | i take it back |
i no longer think | i no longer believe | i used to think | i retract | i withdraw |
you convinced me | you've convinced me |
nehme zurück | nehme das zurück | ich lag falsch | lag ich falsch | mich geirrt |
meine meinung geändert | j'avais tort | je me suis trompé | changé d'avis | je retire |
me equivoqué | estaba equivocado | estaba equivocada | cambiado de opinión | cambié de opinión |
mi sbagliavo | ho cambiato idea | eu estava errado | eu estava errada | mudei de ideia |
ik had het mis | van gedachten veranderd | neem ik terug | neem dat terug
""")
"""Says that somebody no longer holds what they held before."""

ANSWERS = _words("""
yes yeah yep yup no nope nah sure indeed correct exactly done agreed sgtm
ja nein doch jein oui non si sí sì não sim nee да нет
""")
"""First words of an answer to a question that wants a yes or a no."""

SATISFIED = THANKS | _words("""
ok okay ah aha right understood alright verstehe achso compris entiendo capito entendi begrepen
""")
"""First words of an asker who got an answer."""
