import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import checks
from bot.core.checks import Grounds, reasons
from bot.core.roster import Roster
from bot.core.surroundings import Surroundings

SENTENCES = (
    "Our defect rate fell to 2.5% at 40,000 shirts a week.",
    "See https://example.org/mending?x=1. for the list.",
    "Tobias said that “small batch is a luxury that the buyer pays for”.",
    "Das Atelier in Zürich näht sechzig Stück.",
)
GROUNDS = Grounds(
    SENTENCES,
    known=frozenset({"Mary Ann"}),
    roster=Roster(
        ("Mary Ann", "Tobias", "Will", "mira", "Zoë Ó Briain", "李雷", "x", "123", "Rose Okafor")
    ),
    instructions="You get the messages of a discussion, and thanks, greetings and jokes get none.",
    limit=300,
)


def faults(text: str, grounds: Grounds = GROUNDS) -> tuple[str, ...]:
    return reasons(checks.faults(text, grounds))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The rate fell to 3.5% there.", "invented_number"),
        ("It made 41,000 shirts.", "invented_number"),
        ("In 2019 it was better.", "invented_number"),
        ("There were ١٢ of them.", "invented_number"),
        ("There were １２ of them.", "invented_number"),
        ("There were ② of them.", "invented_number"),
        ("There were twelve of them.", "invented_number"),
        ("It made forty-one thousand shirts.", "invented_number"),
        ("There were dozens of them.", "invented_number"),
        ("There were l2 of them.", "invented_number"),
        ("It has been so since MCMXC.", "invented_number"),
        ("Half the rate is enough.", "invented_number"),
        ("Twice as many left.", "invented_number"),
        ("Es waren neunzig davon.", "invented_number"),
        ("A third of them left.", "invented_number"),
        ("四人が賛成した。", "invented_number"),
        ("有三成的人同意。", "invented_number"),
        ("See https://evil.example/x for more.", "link"),
        ("See evil.com for more.", "link"),
        ("Join discord.gg/abc now.", "link"),
        ("Join DISCORD.GG/abc now.", "link"),
        ("Join dis\u200bcord.gg/abc now.", "link"),
        ("Join discord\u2024gg/abc now.", "link"),
        ("Join discord。gg/abc now.", "link"),
        ("Join discord\uff0egg now.", "link"),
        ("Join discord.com/invite/abc now.", "link"),
        ("Run javascript:alert(1) now.", "link"),
        ("Go to steam://run/1 now.", "link"),
        ("Go to bücher.example.security now.", "link"),
        ("Open invoice.exe now.", "invented_link"),
        ("The list is at https://example.org/mending?x=1 now.", "link"),
        ("The list is at www.example.org now.", "link"),
        ("As mira says, it is fine.", "invented_name"),
        ("As Zoë Ó Briain says, it is fine.", "invented_name"),
        ("The maker is 李雷 here.", "invented_name"),
        ("It is MIRA'S view.", "invented_name"),
        ("It is m\u200bi\u200br\u200ba who says so.", "invented_name"),
        ("It is what Okafor says.", "invented_name"),
        ("It was decided that Will is right.", "invented_name"),
        ("Hello @everyone, look.", "ping"),
        ("Hello @\u200beveryone, look.", "ping"),
        ("Hello @Moderators, look.", "ping"),
        ("Hello <@&55>, look.", "ping"),
        ("Go to <id:customize> now.", "ping"),
        ("Hello <@123456>, look.", "ping"),
        ("See <#99>, look.", "ping"),
        ("A [bank](https://example.org/mending?x=1) is good.", "markup"),
        ("A <b>bold</b> claim.", "markup"),
        ("```ansi\nred```", "markup"),
        ("A ||hidden|| claim.", "markup"),
        ("It is so.\n> Hats are bad.", "markup"),
        ("It is so.\n-# Tobias", "markup"),
        ("It is <:so:123456>.", "markup"),
        ("It is <!-- so -->.", "markup"),
        ("The messages of a discussion, and thanks, greetings and jokes.", "instructions"),
        ("So: a discussion, and thanks, GREETINGS and j\u200bokes get none.", "instructions"),
        ("Red \x1b[31m text.", "control_character"),
        ("Turned \u202e around.", "control_character"),
        ("As P2 says.", "label"),
        ("Nach P2s Meinung.", "label"),
        ('They wrote "small batch is always a scam for fools".', "invented_quote"),
        ("They wrote “nobody needs this at all”.", "invented_quote"),
        ("Everyone agrees that it matters.", "unfounded_consensus"),
        ("Most people agree that it matters.", "unfounded_consensus"),
        ("Die meisten finden das gut.", "unfounded_consensus"),
        ("Tout le monde est content.", "unfounded_consensus"),
        ("There is consensus on it.", "unfounded_consensus"),
        ("", "empty"),
        ("…!", "empty"),
        ("a" * 301, "too_long"),
    ],
)
def test_what_is_unfounded_is_named(text: str, reason: str) -> None:
    assert reason in faults(text, GROUNDS)


@pytest.mark.parametrize(
    "text",
    [
        "The defect rate fell to 2.5% at 40,000 shirts.",
        "The list is at example.org now.",
        "Mary Ann sees it from the buyer's side.",
        "Tobias called it a luxury.",
        "Will it survive? It will, if somebody near the cloth may stop.",
        'One calls it "a luxury that the buyer pays for".',
        "One calls it “small batch is a luxury that the buyer pays for”.",
        'It is called "small batch".',
        "The rate fell by 2.5 percent, which is two points.",
        "The atelier sews sixty pieces.",
        "Es näht 60 Stück, acht auf die Naht.",
        "Il y en a un neuf, pour une fois; the elf is due.",
        "انخفض المعدل إلى ٢.٥%.",
        "これは一般に十分な方法だ。",
        "Thanks and greetings get none of them.",
        "The rose is a maker's flower. Rose is one too.",
        "In Zürich näht das Atelier sechzig Stück; das ist ein Vorteil.",
        "小さなロットには意味がある。",
        "هل ما زال مهما؟",
        "It's the maker's call – isn't it?",
        "Costs & returns matter: a/b testing helps (sometimes).",
    ],
)
def test_true_text_passes_unharmed(text: str) -> None:
    assert faults(text, GROUNDS) == ()


def test_an_agreement_is_told_where_the_sentences_tell_it() -> None:
    own = Grounds(("Everyone should learn to mend, and it is decided by majority.",))
    assert faults("Everyone should learn to mend.", own) == ()
    assert faults("The majority decides.", own) == ()
    assert faults("Everyone agrees that one should mend.", own) == ("unfounded_consensus",)
    assert faults("Most people would mend.", own) == ("unfounded_consensus",)


def test_names_of_things_may_come_from_around_and_quantities_may_not() -> None:
    around = Grounds(
        ("It works.",),
        around=Surroundings("Take option 3, EIP-7610 or v6.1.0: 45 votes, 4511 of 9."),
    )
    assert faults("It works with option 3, EIP-7610 and v6.1.0.", around) == ()
    assert faults("It works with 45 votes.", around) == ("invented_number",)
    assert faults("It works with option 4.", around) == ("invented_number",)


@given(st.sampled_from((SENTENCES[0], SENTENCES[3])))
def test_a_sentence_is_always_grounded_in_itself(sentence: str) -> None:
    assert faults(sentence, Grounds((sentence,))) == ()


def test_a_text_that_is_too_long_is_not_looked_into() -> None:
    assert faults("a." * 100_000, GROUNDS) == ("too_long",)


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    faults(text, GROUNDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It costs 25 euros.", "It is twenty five euros each."),
        ("It costs twenty-five euros.", "It is 25 euros each."),
        ("It is 9,000 blocks out.", "Some 9k blocks out."),
        ("It is the 14th, XIV.", "It is the 14th."),
        ("It costs half the price.", "It costs half of it, 50 %."),
        ("It costs 25 euros.", "It is twenty-five euros each."),
        ("It costs 12.50 euros.", "At most twelve and a half euros."),
        ("It costs 12,5 euros.", "At most 12 and a half euros."),
        ("They meet at 10:00.", "We meet at 10."),
        ("There are 2 of them.", "There are two of them."),
        ("Es sind 42.", "Es sind vierzig zwei."),
    ],
)
def test_digits_may_stand_for_words(text: str, said: str) -> None:
    assert faults(text, Grounds((said,))) == ()
    assert faults(text, Grounds(("There are some.",))) == ("invented_number",)
