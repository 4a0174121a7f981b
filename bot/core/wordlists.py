"""Small word lists: the checks that need them hold in these languages only.

English, German, French, Spanish, Italian, Portuguese and Dutch, a line or two each. Phrases are
in lower case, without punctuation, words separated by single spaces.
"""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


CONSENSUS = _phrases("""
everyone agrees | everybody agrees | everyone agreed | everybody agreed |
all agree | all agreed | we all | they all | all participants |
all of them | unanimous | unanimously | unanimity | consensus | nobody disagrees |
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
everyone | everybody | jeder | tout le monde | todo el mundo | tutti quanti | toda a gente |
todo mundo | iedereen
""")
"""Speaks of all; an ordinary word where the sentences have it too."""

MAJORITY = _phrases("""
most people | most participants | most agree | most members | most posters | most users |
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

FIRST_PERSON = _phrases("""
me | my | myself | we | our | ours | ourselves |
ich | mich | mir | mein | meine | meinen | meinem | meiner | wir | uns | unser | unsere |
je | j ai | j avais | moi | nous | notre |
yo | nosotros | nosotras | nuestro | nuestra | noi | nostro | nostra |
meu | minha | nós | nosso | nossa | ik | mij | mijn | wij | onze
""")
"""Speaks for the writer; without words that are also names or abbreviations (US, EU, IO)."""

RECANTING = _phrases("""
take back | take that back | take it back | took back | taking back | i was wrong |
i have been wrong | it was wrong to say | changed my mind | stand corrected | no longer think |
no longer believe | i used to think | i retract | i withdraw |
nehme zurück | nehme das zurück | ich lag falsch | lag ich falsch | mich geirrt |
meine meinung geändert | je retire | j avais tort | me suis trompé | changé d avis |
me equivoqué | estaba equivocado | estaba equivocada | cambiado de opinión | cambié de opinión |
mi sbagliavo | ho cambiato idea | eu estava errado | eu estava errada | mudei de ideia |
ik had het mis | van gedachten veranderd | neem ik terug | neem dat terug
""")
"""Says that its writer no longer holds what they held before."""

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
a | about | after | again | all | also | an | and | any | are | art | as | at | back | be |
been | best | big | bill | but | by | can | chance | char | chip | come | could | dawn | day |
do | dot | down | drew | even | faith | first | for | frank | from | game | get | ghost | give |
go | good | grace | grant | guy | had | has | have | he | her | here | him | his | honest |
hope | how | i | if | in | into | is | it | its | jack | joy | just | king | know | light |
like | look | luck | lucky | major | make | man | many | mark | may | me | mod | moon | more |
most | my | new | no | not | now | of | off | ok | old | on | one | only | or | other | our |
out | over | page | people | pepper | rain | ray | rich | river | rob | rose | sage | say |
see | she | shy | sky | so | some | star | stone | storm | sun | take | than | that | the |
their | them | then | there | these | they | think | this | time | to | two | up | us | use |
user | very | want | was | way | we | well | were | what | when | which | who | will | wolf |
work | would | year | you | your
""")
"""English words that people also go by."""


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
12 twelve zwölf douze dodici doze twaalf dozen
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

SHARES = PERCENT | _phrases("""
half of | a third of | two thirds | a quarter of | three quarters |
die hälfte | ein drittel | zwei drittel | ein viertel |
la moitié | un tiers | deux tiers | un quart |
la mitad | un tercio | dos tercios | un cuarto |
la metà | un terzo | due terzi |
a metade | um terço | dois terços | um quarto |
de helft | een derde | twee derde | een kwart
""")
"""Says what share of something; a bare "third" may be one in a row."""
