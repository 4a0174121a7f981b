"""Abbreviations: words with a full stop behind which a sentence goes on, a line or two a language.

Besides those that the library for sentences knows; in lower case, without the last full stop. One
that may as well end a sentence ("etc.", "usw.") is in no list.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _lists(table: str) -> dict[str, frozenset[str]]:
    rows = (line.split() for line in table.strip().splitlines())
    found: dict[str, frozenset[str]] = {}
    for language, *words in rows:
        found[language] = found.get(language, frozenset()) | frozenset(words)
    return found


ALWAYS = _lists("""
en mr mrs ms dr prof st gov sen rep gen capt lt col sgt rev hon messrs ca cf vs approx e.g i.e
de dr prof hr hrn fr frl dipl ing mag med phil st geb gest verh fam inkl exkl zzgl abzgl evtl ggf
de bzw vgl sog gem lt allg bes insb urspr ca d.h z.b z.t u.a m.e i.d.r o.ä s.o s.u mio mrd tsd
de tel abs art kap nr bd hg hrsg durchschn wg
fr m mm mr mme mmes mlle mlles dr pr me mgr st ste av bd cf ex env p pp art chap fig vol tél p.ex
fr c.-à-d resp
es sr sra srta sres dr dra prof profa d dña ud uds vd vds lic ing arq gral cap pág págs art núm av
es avda c cía ej p.ej fig vol ed tel aprox
it sig sigg sig.ra dott dott.ssa prof prof.ssa ing avv arch geom rag on mons pag pagg art cap cfr ca
it es p.es fig tel vol
pt sr sra srs dr dra prof profa eng arq exmo exma pág págs art cap núm av aprox ex p.ex fig vol tel
nl dhr mevr mw dr drs ing ir mr prof ca bijv bv evt incl excl nl blz art resp zgn vnl st
nl o.a d.w.z m.b.t t.o.v t.a.v i.p.v m.a.w
da hr fr dr prof ca f.eks bl.a nr kl stk pkt evt inkl ekskl ang mht jf vedr tlf pga dvs
no hr fr dr prof ca f.eks bl.a nr kl st pkt evt inkl ekskl ang mht jf vedr tlf pga dvs
sv hr fr dr prof ca enl kl nr st t.ex bl.a ev inkl exkl resp tel ang d.v.s s.k
sv fr.o.m t.o.m p.g.a
fi dr prof tri toht esim n noin ks vrt mm nro puh rva hra nti ns
is dr hr frú nr bls kl t.d þ.e m.a
pl dn p dr prof mgr inż hab ul al pl os np tj tzn tzw ok m.in nr godz str art par rys św red tel
pl im gen płk ks
cs dr ing mgr prof doc bc rndr mudr judr např tj tzn tzv cca č čl str odst ul nám tel sv
sk dr ing mgr prof doc bc rndr mudr judr napr tj tzn tzv cca č čl str ods ul nám tel sv
sl dr prof mag npr t.i oz ga št str ul čl tel sv
hr dr prof mr npr tj tzv br str ul čl tel sv gđa gosp
sr dr prof npr tj tzv br str ul čl tel sv gđa др проф нпр тј тзв бр стр ул чл тел св
hu dr prof pl kb ill ún id ifj özv br tel u.n okt jan febr márc ápr máj jún júl aug szept nov dec
ro dr prof ing dl dna str nr art alin pag cca ex aprox bd tel sf
ru г ул д кв стр т т.е т.к т.н и.о проф акад доц им см ср рис табл гл ст п пп обл р-н просп пер наб
ru корп оф тел напр тыс св гр инж мин
uk м вул буд кв с стор проф акад доц ім див рис табл гл ст п тел напр т.зв обл просп пров тис св
uk гр інж
be г вул д кв с праф акад ім гл рыс табл ст п тэл напр
bg г ул бул бл проф доц инж т.е т.нар напр вж стр чл ал тел св гр
mk г ул бр проф доц инж т.е т.н напр в стр чл тел св
tr dr prof doç yrd av öğr gör sn hz bkz örn sf cad sok mah tel
el κ κα κος δρ καθ π.χ δηλ βλ σελ αρ αριθ λ.χ τηλ οδ λεωφ αγ περ
ca sr sra dr dra prof pàg art núm av ca aprox ex st sta
et dr prof nr lk tn nt u tel sh
lv dr prof nr lpp piem t.i t.s tālr
lt dr prof nr p pvz t.y g tel
id dr drs ir prof tgl hlm no jl bpk sdr
vi tp ths ts gs pgs tx q p
th ดร ศ รศ ผศ นพ พญ จ อ ต ถ โทร พ.ศ ค.ศ
ar د أ م ص أ.د ق.م
he ד פרופ עמ מס
hi डॉ श्री प्रो पं कु श्रीमती
mr डॉ श्री प्रो पं सौ
bn ড ডা মো প্রফেসর
hy պրոֆ դոկտ
""")
"""Never the end of a sentence."""

BEFORE_NUMBERS = _lists("""
en no nos p pp vol fig figs eq sec ch art jan feb mar apr jun jul aug sep sept oct nov dec est
de s min max str
de jan feb mär märz apr jun jul aug sep sept okt nov dez mo di mi do fr sa so abb tab ziff rdnr bl
fr h n janv févr avr juil sept oct nov déc éd
es n min máx mín p ene feb mar abr may jun jul ago sept oct nov dic
it n min max p gen feb mar apr mag giu lug ago sett ott nov dic
pt n p jan fev mar abr mai jun jul ago set out nov dez
nl nr max min p jan feb mrt apr jun jul aug sep sept okt nov dec
da s max min nr jan feb mar apr jun jul aug sep okt nov dec
no s maks min nr jan feb mar apr jun jul aug sep okt nov des
sv s max min jan feb mar apr jun jul aug sep okt nov dec
fi s n nr
pl s p r
cs s r
sk s r
tr s no
ru с янв фев февр мар апр авг сен сент окт ноя нояб дек
uk с січ лют бер квіт трав черв лип серп вер жовт лист груд
id no hal
""")
"""No end where a number follows."""

DOTTED_ORDINALS = _words("cs da de et fi hr hu is lv no pl sk sl sr tr")
"""Languages in which a full stop makes an ordinal of a number: am 3. Oktober, 3. října."""

GERMAN_BEFORE = _words("""
der die das den dem des am im vom zum zur beim ins ans ein eine einen einem einer eines kein
jeder jede jedes jeden jedem dieser diese dieses diesen diesem mein dein sein ihr unser euer
meine deine seine ihre unsere eure meinen deinen seinen ihren unseren meinem deinem seinem
ihrem unserem bis ab seit gegen und oder dritter zweiter erster nächster letzter fürs
""")
"""Words before a German number that make it an ordinal, whatever noun follows."""
GERMAN_AFTER = _words("""
januar jänner februar märz april mai juni juli august september oktober november dezember
jan feb mär apr jun jul aug sep sept okt nov dez jh jhd jhdt jahrhundert jahrhunderts klasse
auflage platz mio mrd bundesliga liga stock obergeschoss semester
""")
"""Words that a German ordinal stands before without any of these."""
GERMAN_OPENING = _words("""
ich du er sie es wir ihr man das die der dies diese dieser dieses dann danach da aber und
oder doch denn also so jetzt heute morgen gestern nun wer was wann wo warum wie ob wenn weil ja
nein nicht mit bei in an auf für von zu es sind ist war hat haben kann im am vom zum alle alles
""")
"""Words that open a German sentence."""
GERMAN_SUBJECTS = _words("ich du er sie es wir ihr man")
