"""Where sentences end, in the language of the message; short ones go by their topic's."""

import pytest

from bot.core.languages import common_language, language_of
from bot.core.model import Author, Message
from bot.core.sentences import split

CHRIS = Author("7", "Chris")


def texts(content: str, topic: str = "") -> list[str]:
    return [each.text for each in split(Message("m1", CHRIS, content, topic_language=topic))]


MARKET = [
    "Sollen wir am 3. Oktober wieder einen Markt machen?",
    "Ich finde, der 2. Versuch hat sich gelohnt, weil wir z. B. 12 Stühle verkauft haben.",
    "Ich bin dagegen, denn die Miete kostet ca. 5 Mio. Euro weniger als gedacht, bzw. gar nichts.",
    "Laut Dr. Meyer, d. h. unserem Prüfer, bleibt am 31. Dezember nichts übrig.",
    "Meiner Meinung nach sollte die Halle vom 1. FC das bezahlen, da sie am 15. August aufging.",
    "Wir sehen uns am Freitag, den 17. Mai, oder am 3. 10. um acht.",
    "Im 19. Jh. war das so, und inkl. MwSt. kostet es lt. Abs. 3 mehr.",
    "Ludwig XIV. regierte lange, i. d. R. allein.",
]


def test_german_goes_on_behind_abbreviations_and_ordinals() -> None:
    assert texts(" ".join(MARKET)) == MARKET
    for sentence in MARKET:
        assert texts(sentence, "de") == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Das kostet 120.", "Das ist viel."],
        ["Es waren 12.", "Dann gingen wir."],
        ["Das war im Jahr 1999.", "Danach kam nichts mehr."],
        ["Wir treffen uns am Freitag, den 17.", "Kommst du auch?"],
        ["ich war da.", "es war gut.", "das sind ca. 5 euro, z. b. für tee."],
        ["Es gibt drei Punkte: 1. Erstens das Geld.", "2. Zweitens die Zeit.", "3. Sonst nichts."],
        ["Sie sagte: „Ich komme nicht.“", "Dann ging sie weg."],
        ["a) Erst messen.", "b) Dann schneiden.", "c) Fertig."],
        ["Am 24. 12. ist zu.", "Papst Johannes Paul II. war da.", "Das ist Nr. 1.", "Und nun?"],
        ["Kommst du auch?", "Der Verein zahlt, z.B. Miete, lt. Hrn. Maier u. Fr. Dr. Schulz."],
    ],
)
def test_german_ends_where_a_new_sentence_begins(sentences: list[str]) -> None:
    assert texts(" ".join(sentences), "de") == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["See Fig. 3 on p. 5 by Mr. Smith.", "It costs approx. 5, e.g. in Jan. 2026."]),
        ("fr", ["M. Dupont et Mme. Durand.", "C'est env. 5 km, cf. art. 3.", "Qui vient ?"]),
        ("es", ["El Sr. García dice que sí.", "Son aprox. 3 km, p. ej. hoy.", "¿Vienes?"]),
        ("it", ["Il sig. Rossi e il dott. Bianchi vengono.", "Cfr. pag. 4 del testo."]),
        ("pt", ["O Sr. Silva disse que sim.", "A pág. 5, ex. 3, é boa.", "Vamos?"]),
        ("nl", ["Dhr. Jansen komt ca. 5 uur, bijv. morgen.", "Dat is o.a. goed m.b.t. de kosten."]),
        ("da", ["Mødet er den 3. oktober kl. 5.", "Det er f.eks. godt, bl.a. her."]),
        ("no", ["Møtet er 3. oktober kl. 5.", "Det er f.eks. bra, bl.a. her."]),
        ("sv", ["Mötet är kl. 5 på torsdag.", "Det är t.ex. bra, enl. Dr. Berg m.fl. här."]),
        ("fi", ["Kokous on 3. lokakuuta, esim. klo 5.", "Se on n. 5 km täältä."]),
        ("pl", ["Spotkanie jest 3. października o godz. 5.", "Prof. Nowak, np. jutro, ok. 5 zł."]),
        ("cs", ["Schůzka je 3. října, např. u Dr. Nováka.", "Je to cca. 5 km, tj. blízko."]),
        ("hu", ["A találkozó okt. 3. napján lesz.", "Dr. Nagy kb. 5 km-re lakik, pl. ott."]),
        ("ro", ["Dl. Popescu vine la nr. 5.", "Costă cca. 5 lei, vezi pag. 3."]),
        ("tr", ["Toplantı 3. gün olacak.", "Prof. Kaya vb. gelecek, bkz. s. 5."]),
        ("ru", ["Встреча в г. Москва, ул. Ленина, д. 5.", "Это 5 тыс. руб. за шт., т. е. мало."]),
        ("ru", ["Он сказал: «Да!» — и ушёл.", "Родился 3 янв. 1990 г. в Москве.", "А потом?"]),
        ("th", ["ดร. สมชาย มาแล้ว.", "ใช่ไหม?", "ใช่!"]),
        ("ko", ["\"그래요.\" 라고 했다.", "네!"]),
        ("uk", ["Зустріч у м. Київ, вул. Лесі, буд. 5.", "Проф. Іваненко каже так."]),
        ("el", ["Ο κ. Παππάς ήρθε.", "Τι κάνεις;", "Βλ. σελ. 5, π.χ. αύριο."]),
        ("ar", ["قال د. أحمد نعم.", "هل تأتي؟", "لا!", "شكراً."]),
        ("he", ["ד\"ר כהן אמר כן.", "מה שלומך?", "טוב."]),
        ("fa", ["دکتر احمد گفت بله.", "آیا می‌آیی؟", "نه!"]),
        ("ur", ["یہ اچھا ہے۔", "کیا آپ آئیں گے؟", "نہیں۔"]),
        ("hi", ["डॉ. शर्मा आए।", "क्या आप आएंगे?", "नहीं!"]),
        ("bn", ["এটা ভালো।", "তুমি আসবে?", "না।"]),
        ("vi", ["Tôi ở TP. Hồ Chí Minh.", "Bạn có đến không?"]),
        ("id", ["Saya tinggal di Jl. Merdeka No. 5.", "Anda di mana?"]),
        ("ko", ["오늘은 3.5% 올랐다.", "당신은요?", "네!"]),
    ],
)  # fmt: skip
def test_each_language_has_abbreviations_of_its_own(language: str, sentences: list[str]) -> None:
    assert texts(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["こんにちは。", "「そうです。」と言った。", "本当！？", "うん！"],
        ["元気ですか?", "はい!", "これはv1.2です。", "でも…どうかな。"],
        ["今天很好。", "你呢?", "价格是3.5元。", "他说：“不行。”", "然后走了。"],
        ["នេះល្អ។", "មកទេ?", "ទេ។"],
        ["ကောင်းတယ်။", "ဟုတ်လား။"],
        ["Սա լավ է։", "Գալի՞ս ես։"],
        ["ሰላም።", "እንዴት ነህ?"],
    ],
)
def test_scripts_with_marks_of_their_own_need_no_spaces(sentences: list[str]) -> None:
    assert texts("".join(sentences)) == sentences


# Which language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ja, das finde ich auch, und zwar schon lange.", "de"),
        ("We should meet on Friday and talk about it.", "en"),
        ("Ik vind het niet goed. We moeten wachten.", "nl"),
        ("Je ne suis pas d'accord avec cette idée.", "fr"),
        ("Привет, как дела? Я думаю, что это дорого.", "ru"),
        ("今日はいい天気ですね。散歩に行きましょう。", "ja"),
    ],
)
def test_a_text_that_is_long_enough_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language_of(text, "fi") == language


def test_a_short_text_goes_by_its_topic() -> None:
    assert language_of("ca. 5") == "en"
    assert language_of("ca. 5", "de") == "de"
    assert texts("Der 2. Versuch.", "de") == ["Der 2. Versuch."]


@pytest.mark.parametrize(
    "odd", ["", " ", "\0", "\ud800", "?!", "5" * 100_000, "👍" * 1000, "`" * 9]
)
def test_any_text_has_a_language(odd: str) -> None:
    assert language_of(odd, "de")
    assert common_language([odd]) is None


def test_a_topic_has_a_language_once_there_is_enough_to_tell() -> None:
    assert common_language(["Das ist zu wenig."]) is None
    assert common_language(MARKET) == "de"
    assert common_language([*MARKET, "We should meet on Friday and talk about it."]) == "de"


# Mail that lost its line breaks


def test_wide_gaps_are_line_breaks_where_mail_came_in_one_piece() -> None:
    mail = (
        "Yaron wrote:      > about the problem of server-side things going bad after the response "
        "  > headers had been sent and read and looked at      > One could always say so."
        "      I agree with ca. 5 of you.   Let us do it.      Regards,   Koen"
    )
    found = split(Message("m1", CHRIS, mail))
    assert [each.text for each in found if not each.evidence] == [
        "about the problem of server-side things going bad after the response   > headers had been "
        "sent and read and looked at",
        "One could always say so.",
    ]
    own = [each.text for each in found if each.evidence]
    assert own == [
        "Yaron wrote:",
        "I agree with ca. 5 of you.",
        "Let us do it.",
        "Regards,",
        "Koen",
    ]


def test_a_few_blanks_are_no_line_break() -> None:
    assert texts("Tea:   5    coffee:   4    milk:   1") == ["Tea:   5    coffee:   4    milk:   1"]


def test_sentences_that_ran_together_are_told_apart_and_names_are_not() -> None:
    assert texts("We came home.Then we left. Is it so?Yes, it is.") == [
        "We came home.",
        "Then we left.",
        "Is it so?",
        "Yes, it is.",
    ]
    for whole in ("Use Node.js and ASP.Net.", "See System.Text.Json here.", "It is v1.2.3b now."):
        assert texts(whole) == [whole]
