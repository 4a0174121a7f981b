"""Small word lists: the checks that need them hold in these languages only.

English, German, French, Spanish, Italian, Portuguese and Dutch, a line or two each. Phrases are
in lower case, without punctuation, words separated by single spaces.
"""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


CONSENSUS = _phrases("""
everyone agrees | everybody agrees | everyone agreed | everybody agreed |
all agree | all agreed | all participants |
wanted by all | liked by all | backed by all | supported by all | shared by all | agreed by all |
accepted by all | opposed by all | rejected by all | by everyone | by everybody | by most people |
broad support | wide support | widespread support | general support | clear majority |
strong majority | overwhelming support | overwhelming majority | von allen gewollt |
without exception | without objection | without dissent | unopposed |
uncontested | to a man | of one mind | as one | unanimous | unanimously |
unanimity | consensus | nobody disagrees |
no one disagrees | nobody disputes | no one disputes | universally | the whole thread |
the entire thread | the community agrees | the group agrees | the thread agrees |
undisputed |
alle sind sich einig | sind sich alle einig | einstimmig | konsens | jeder stimmt |
niemand widerspricht | einhellig | unbestritten |
tout le monde est d accord | tous sont d accord | unanimement | unanime | unanimité | consensus |
personne ne conteste | tous s accordent |
todo el mundo está de acuerdo | todos están de acuerdo | unánime | unánimemente |
unanimidad | consenso | nadie discute | todos coinciden |
tutti concordano | tutti sono d accordo | unanime | unanimemente | consenso unanime |
nessuno contesta |
todo mundo concorda | todos concordam | unânime | unanimemente | consenso |
ninguém discorda |
iedereen is het eens | iedereen vindt | unaniem | allen zijn het eens | consensus | niemand betwist
""")
"""Says that all hold a view."""

EVERYBODY = _phrases("""
everyone | everybody | every single person | every person | every member | every participant |
every user | every poster | every speaker | each and every one | each member | each participant |
jeder | jedermann | chacun | cada uno | cada um | ognuno | tout le monde | todo el mundo |
tutti quanti | toda a gente |
todo mundo | iedereen
""")
"""Speaks of all; an ordinary word where the sentences have it too."""

ALL = _phrases("all | alle | allen | tous | toutes | todos | todas | tutti | tutte | iedereen")
"""Other words that speak of all."""

MAJORITY = _phrases("""
most people | most of the people | most here | most in the thread | almost everyone |
nearly everyone | almost everybody | nearly everybody | nearly all of them | most participants |
most agree | most members | most posters | most users |
most of them | the majority | a majority | generally agreed | widely agreed | broadly agreed |
general agreement | broad agreement | many people agree | overwhelmingly |
die meisten | die mehrheit | mehrheitlich | überwiegend einig |
la plupart | la majorité | majoritairement |
la mayoría | mayoritariamente |
la maggior parte | la maggioranza |
a maioria | a maior parte |
de meesten | de meerderheid | de meeste mensen
""")
"""Says that most hold a view."""


def _by_language(table: str) -> dict[str, tuple[str, ...]]:
    """Rows of a language and its phrases, `|` between them."""
    rows = (row.partition(":") for row in table.split(";") if row.strip())
    return {
        language.strip(): tuple(" ".join(phrase.split()) for phrase in phrases.split("|"))
        for language, _, phrases in rows
    }


CROWDS = {
    "all": _by_language("""
en: all | everyone | everybody | each | every | every one | the room | the thread | the community |
the server |
the whole room | the whole thread | the whole group | the whole team | the whole server |
the whole community | the entire room | the entire thread | the entire group | the entire team |
the entire server | the entire community;
de: alle | jeder | jede | der ganze thread; fr: tous | toutes | tout le monde | chacun;
es: todos | todas | cada uno | todo el mundo; it: tutti | tutte | ognuno;
pt: todos | todas | cada um | todo mundo; nl: iedereen | allen | alle | ieder
"""),
    "most": _by_language("""
en: most | nearly all | almost all | the bulk; de: die meisten | die mehrheit | fast alle;
fr: la plupart | la majorité | presque tous; es: la mayoría | casi todos;
it: la maggior parte | la maggioranza | quasi tutti; pt: a maioria | quase todos;
nl: de meesten | de meerderheid | bijna iedereen
"""),
    "half": _by_language("""
en: half; de: die hälfte; fr: la moitié; es: la mitad; it: la metà; pt: a metade | metade;
nl: de helft
"""),
    "nobody": _by_language("""
en: nobody | no one | noone | none | not one | not a single; de: niemand | keiner | kein einziger;
fr: personne | aucun | nul; es: nadie | ninguno; it: nessuno; pt: ninguém | nenhum;
nl: niemand | geen enkele | geen van
"""),
}
"""Who has a view, in words that count people without having counted them."""

BETWEEN = _by_language("""
en: of | the | them | us | you | those | here | people | members | users | participants | posters |
speakers | others | contributors | folks | players | who | in | this | thread | room | group |
server | community | team | crowd | chat | forum | two | three | four | five | six | seven | eight |
nine | ten | also | now | still | clearly | really | would | will | do | does | is | are | was |
were | on | all | single | person | has | have | anything | something;
de: hier | anderen | der | die | leute | mitglieder | teilnehmer | beteiligten | von | ihnen | uns |
im | thread | drei | vier | fünf | sind | ist | hat | haben | etwas | nichts | sich | es | das |
so |
auch;
fr: ici | les | des | participants | membres | gens | d | entre | eux | ne | n | en | y | sont |
est |
s | se | la | le | ont | a;
es: en | los | las | de | ellos | aquí | miembros | participantes | usuarios | se | están | está |
lo |
la | que | gente;
it: i | gli | le | qui | di | dei | loro | membri | partecipanti | utenti | sono | è | si | lo |
la |
delle | persone;
pt: é | são | os | as | dos | das | aqui | membros | participantes | se | estão | está | eles | o |
a | que |
gente | pessoas;
nl: hier | leden | deelnemers | mensen | van | de | hen | is | zijn | het | erover | heeft | ze
""")
"""What may stand between a crowd and its view."""

VIEWS = _by_language("""
en: want | wants | wanted | agree | agrees | agreed | think | thinks | thought | believe |
believes | believed | like | likes | liked | prefer | prefers | preferred | favour | favours |
favoured | favor | favors | favored | support | supports | supported | back | backs | backed |
oppose | opposes | opposed | reject | rejects | rejected | accept | accepts | accepted | approve |
approves | approved | welcome | welcomes | welcomed | dislike | dislikes | hate | hates | love |
loves | hope | hopes | hoped | fear | fears | feel | feels | felt | find | finds | found | hold |
holds | held | say | says | said | see | sees | consider | considers | demand | demands | doubt |
doubts | doubted | object | objects | objected | dispute | disputes | disputed | disagree |
disagrees | disagreed | deny | denies | denied | mind | minds | minded | complain | complains |
vote | votes | voted | is for | are for | was for | were for | against | happy | convinced |
united;
de: will | wollen | wollte | wollten | möchte | möchten | findet | finden | fand | fanden | meint |
meinen | denkt | denken | glaubt | glauben | stimmt | stimmen | dafür | dagegen | einig |
befürwort* | lehnt | lehnen | unterstütz* | wünsch* | bevorzug* | widerspricht | bestreitet | mag |
mögen | hofft | hoffen | fürchtet | fürchten | sagt | sagen | hält | halten | sieht | sehen |
teilt | teilen | bezweifelt | zufrieden;
fr: veut | veulent | pens* | croit | croient | trouv* | souhait* | préf* | soutien* | oppos* |
accept* | rejet* | accord | pour | contre | favorable* | approuv* | contest* | object* | refus*;
es: quier* | piens* | cre* | opin* | prefier* | apoy* | acept* | rechaz* | coincid* | acuerdo |
favor | contra | dese* | objet* | discut* | dud*;
it: vogliono | vuole | pens* | cred* | ritien* | ritengono | preferi* | sosten* | sostien* |
accett* | rifiut* | accordo | favore | contro | contrari* | concord* | contest* | obiett*;
pt: quer* | pens* | ach* | acredit* | prefer* | apoi* | aceit* | rejeit* | concord* | acordo |
favor | contra | discord* | contest*;
nl: wil | willen | vind* | denk* | geloof* | geloven | wens* | steun* | accepteer* | verwerp* |
voor | tegen | eens | stem* | bezwaar | betwist*
""")
"""What shows that somebody has a view; `*` stands for any ending."""

UNSPACED_CROWDS = _phrases("""
全員 | みんな | 皆が | 皆は | 誰もが | 大多数 | 過半数 | 半数 | 満場一致 | 全会一致 | 誰も反対 |
ほとんどの人 | 所有人 | 大家都 | 大家一致 | 每个人 | 人人都 | 一致同意 | 一致认为 | 大多数人 |
多数人 |
一半的人 | 没人反对 | 没有人反对 | 모두 | 모든 사람 | 만장일치 | 대다수 | 과반수 | 절반 |
아무도 반대
""")
"""The same where words are not set apart, or take endings: Japanese, Chinese, Korean."""

NOBODY = _phrases("""
nobody | no one | noone | none | niemand | keiner | personne | aucun | nadie | ninguno | nessuno |
ninguém | nenhum
""")
"""Speaks of none."""

NEGATIONS = _phrases("""
no | not | nor | non | none | never | neither | nobody | nothing | nowhere | without | cannot |
cant | dont | doesnt | didnt | wont | wouldnt | couldnt | shouldnt | isnt | arent | wasnt |
werent | hasnt | havent | hadnt | mustnt | neednt | mightnt | shant | aint |
nein | nicht | kein | keine | keinen | keinem | keiner | keines | nie | niemals | niemand | nichts |
nirgends | ohne | weder | noch |
ne | pas | jamais | aucun | aucune | rien | personne | sans | ni | nul | nulle |
nunca | jamás | nada | nadie | ningún | ninguno | ninguna | sin | tampoco |
mai | niente | nessuno | nessuna | nessun | senza | né |
não | ninguém | nenhum | nenhuma | sem | nem |
nee | niet | geen | nooit | niemand | niets | nergens | zonder
""")
"""Turns what is said into its opposite; written without apostrophes."""

ASKING = _phrases("""
what | when | where | which | who | whose | whom | why | how | did | does | was | were | are |
the | and | for | about | with | from | that | this | they | their | them | there | not | any |
his | her | its | could | should | would | will | can | cannot | have | has | had |
think | thought | say | said | says | tell | told | mention | mentioned | talk | talked |
discuss | discussed | discussion | summarize | summarise | summary | opinion | opinions |
thread | topic | during | according | regarding | concerning | people | anyone | anybody |
was | wann | wer | wem | wen | warum | wieso | wie | welche | welcher | welches | der | die | das |
und | für | über | mit | von | dass | sie | ihr | nicht | ist | sind | hat | haben | wird | kann |
denkt | dachte | meint | sagt | sagte | gesagt | diskussion | zusammenfassung | meinung | leute |
que | quoi | quand | où | qui | pourquoi | comment | quel | quelle | quels | quelles | les | des |
une | pour | sur | avec | dans | est | sont | ont | pense | pensent | dit | disent | résume |
discussion | avis | gens |
qué | cuándo | dónde | quién | quiénes | por | cómo | cuál | cuáles | los | las | una | para |
sobre | con | del | son | han | piensa | piensan | dice | dicen | dijo | resume | discusión |
opinión | gente |
che | cosa | quando | dove | chi | perché | come | quale | quali | gli | una | per | con | sul |
sono | hanno | pensa | pensano | dice | dicono | detto | riassumi | discussione | opinione | gente |
quê | quem | onde | porque | qual | quais | uma | com | são | pensa | pensam | diz | dizem |
disse | resuma | discussão | opinião |
wat | wanneer | waar | wie | waarom | hoe | welke | het | een | voor | over | met | van | dat |
zijn | heeft | hebben | denkt | denken | zegt | zeggen | gezegd | samenvatting | discussie |
mening | mensen
""")
"""What a question is framed with: says nothing of what it is about."""

ORDINARY = _phrases("""
a | about | after | again | agree | agrees | all | also | an | and | answer | answers | any |
anybody | anyone | are | argues | art | as | asks | at | back | be | been | believes | best |
better | big | bill | brings | but | by | can | case | chance | change | char | chip | come |
compromise | cost | costs | could | dawn | day | decided | decision | discussion | do | dot |
down | drew | each | even | everybody | everyone | fair | faith | fears | finds | first | for |
frank | from | game | get | ghost | give | go | good | grace | grant | group | guy | had | has |
have | he | her | here | him | his | honest | hope | hopes | how | i | idea | if | in | into |
is | it | its | jack | joy | just | keep | king | know | light | like | likes | look | luck |
lucky | major | make | man | many | mark | matter | may | me | member | mentions | message | mod |
moon | more | most | my | needs | new | no | nobody | not | nothing | now | of | off | offers |
ok | old | on | one | only | open | opinion | option | options | or | other | our | out | over |
page | people | pepper | plan | point | points | prefers | problem | proposes | question |
questions | rain | ray | reason | reasons | reply | rich | river | rob | rose | rule | sage |
said | say | says | see | settled | she | should | shy | simple | sky | so | some | somebody |
someone | something | star | still | stone | storm | suggests | summary | sun | take | than |
that | the | their | them | then | there | these | they | think | thinks | this | thread | time |
title | to | topic | two | unsettled | up | us | use | user | very | view | views | vote | votes |
want | wants | was | way | we | well | were | what | when | which | who | will | wishes |
without | wolf | work | worries | would | year | yes | yet | you | your
""")
"""English words that people also go by, or may take for a name so that no brief can use them."""


def _numbers(table: str) -> dict[str, str]:
    rows = (line.split() for line in table.strip().splitlines())
    return {word: value for value, *words in rows for word in words}


NUMBERS = _numbers("""
3 three drei trois tres tre três drie
4 four vier quatre cuatro quattro quatro
5 five fünf cinq cinco cinque vijf
6 six sechs seis zes
7 seven sieben siete sette sete zeven
8 eight huit ocho oito
9 nine neun nueve nove negen
10 ten zehn dix diez dieci dez tien
11 eleven onze undici
12 twelve zwölf douze dodici doze twaalf dozen dozens dutzend dutzende
13 thirteen dreizehn treize trece tredici treze dertien
14 fourteen vierzehn quatorze catorce quattordici veertien
15 fifteen fünfzehn quinze quindici vijftien
16 sixteen sechzehn seize dieciséis sedici dezesseis zestien
17 seventeen siebzehn diecisiete diciassette dezessete zeventien
18 eighteen achtzehn dieciocho diciotto dezoito achttien
19 nineteen neunzehn diecinueve diciannove dezenove negentien
20 twenty zwanzig vingt veinte venti vinte twintig
30 thirty dreißig dreissig trente treinta trenta trinta dertig
40 forty vierzig quarante cuarenta quaranta quarenta veertig
50 fifty fünfzig cinquante cincuenta cinquanta cinquenta vijftig
60 sixty sechzig soixante sesenta sessanta sessenta zestig
70 seventy siebzig setenta settanta zeventig
80 eighty achtzig ochenta ottanta oitenta tachtig
90 ninety neunzig noventa novanta negentig
100 hundred hundreds hundert ciento cento honderd
1000 thousand thousands tausend mille duizend
1000000 million millions millionen millones milioni milhões miljoen
1000000000 billion billions milliarden milliards miliardi bilhões miljard
""")
"""Number words from three on and their values. Left out are words that are ordinary ones in
another of the languages: German acht is Dutch "mind", French cent an English coin."""

PERCENT = _phrases("""
percent | per cent | prozent | pour cent | por ciento | per cento | por cento | procent
""")
"""How the sign % is read."""

HALVES = _phrases("""
half | hälfte | halb | halbe | halben | moitié | demi | mitad | metà | metade | helft | 50 | twice |
double | doppelt | zweimal | doble | doppio | dobro | dubbel
""")
"""Says a half or twice, in whatever words stand beside it."""

SHARES = PERCENT | _phrases("""
half of | half the | twice as many | twice as much | doppelt so viele | deux fois plus |
dos veces más | due volte più | duas vezes mais | twee keer zoveel | a third of | two thirds |
a quarter of | three quarters |
die hälfte | ein drittel | zwei drittel | ein viertel |
la moitié | un tiers | deux tiers | un quart |
la mitad | un tercio | dos tercios | un cuarto |
la metà | un terzo | due terzi |
a metade | um terço | dois terços | um quarto |
de helft | een derde | twee derde | een kwart
""")
"""Says what share of something; a bare "third" may be one in a row."""

QUOTED = _phrases("""
quoted | quotes | quoting | zitiert | zitierte | cité | citée | cite | citado | citada | cita |
citato | citata | geciteerd | citeert
""")
"""Says that somebody's words stand in another's message."""

LEADING = _phrases("""
that | and | or | but | as | because | since | while | so | says | almost | nearly | dass | und |
oder | aber | weil | da | fast | que | qu | et | ou | mais | car | y | o | pero | porque | e | ma |
che | perché | mas | en | maar | dat | omdat
""")
"""Words after which a clause may begin."""

NUMBERED = _phrases("""
option | options | plan | step | version | chapter | part | phase | level | page | section | item |
point | rule | proposal | variant | type | class | day | week | round | season | episode | room |
figure | table | number | no | nr | article | issue | pr | paragraph | question | answer | choice |
draft | task | team | group | line | milestone | stage |
punkt | schritt | teil | seite | kapitel | stufe | frage | antwort | nummer | tag | woche | regel |
vorschlag | variante | absatz | artikel | zeile | raum |
étape | partie | chapitre | niveau | règle | numéro | jour | semaine | proposition | salle |
opción | paso | parte | capítulo | página | nivel | regla | número | día | semana | propuesta |
opzione | passo | capitolo | pagina | livello | regola | numero | giorno | settimana | proposta |
opção | etapa | nível | regra | dia | optie | stap | deel | hoofdstuk | niveau | regel | nummer |
dag | voorstel
""")
"""Words of things that are told apart by numbers."""
