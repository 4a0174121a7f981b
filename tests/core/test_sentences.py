import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.boundaries import LONGEST
from bot.core.model import Author, Message
from bot.core.sentences import Sentence, SentenceKind, split

CODE, QUOTED, ATTACHMENT = SentenceKind.CODE, SentenceKind.QUOTED, SentenceKind.ATTACHMENT
CHRIS = Author("7", "Chris")


def posted(content: str, *attachments: str) -> tuple[Sentence, ...]:
    return split(Message("m1", CHRIS, content, attachments=attachments))


def texts(content: str) -> list[str]:
    return [sentence.text for sentence in posted(content)]


def of_kind(kind: SentenceKind, content: str) -> list[str]:
    return [sentence.text for sentence in posted(content) if sentence.kind is kind]


def test_a_post_is_numbered_by_its_sentences() -> None:
    post = "Small batches win. Do you agree?  Dr. Gray does, e.g. in 2.5 of 3 cases!"
    assert texts(post) == [
        "Small batches win.",
        "Do you agree?",
        "Dr. Gray does, e.g. in 2.5 of 3 cases!",
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "Read https://a.example/b?c=d.E!f#g first.",
        "Call `exit. Now` there.",
        "He is ||the murderer. Really|| here.",
        "He is ||the murderer. Really\nand truly|| here.",
        "It is **not so. Never** here.",
        "It is ~~so. Always~~ here.",
        "See [the book. It helps](https://a.example/x.Y) first.",
        "Fine <:yes:123456789012345678> by <@123456789012345678> here.",
        "Use Node.js and v1.2.3 here.",
    ],
)
def test_no_sentence_ends_inside_of_markup(whole: str) -> None:
    assert texts(f"Before. {whole} After.") == ["Before.", whole, "After."]


def test_markup_that_closes_behind_a_full_stop_belongs_to_the_sentence() -> None:
    post = "**It pays.** Truly. ||He did it.|| The end."
    assert texts(post) == ["**It pays.**", "Truly.", "||He did it.||", "The end."]


def test_what_is_too_long_for_a_sentence_is_no_markup() -> None:
    loud = "**" + "We must not do it. " * 40 + "**"
    assert len(posted(loud)) >= 40


@pytest.mark.parametrize(
    ("opening", "inside", "closing"),
    [
        ("```", "~~~", "```"),
        ("```", "z", "`````"),
        ("````", "```", "````"),
        ("~~~", "~~~", "\n~~~"),
    ],
)
def test_a_code_block_is_one_sentence_whatever_stands_in_it(
    opening: str, inside: str, closing: str
) -> None:
    block = f"{opening}py\nx = 1. Y\n\n> {inside}\n- a\n{closing}"
    post = f"Look. There:\n{block}\nDoes it work?"
    assert texts(post) == ["Look.", "There:", block, "Does it work?"]
    assert of_kind(CODE, post) == [block]


@pytest.mark.parametrize(
    "hidden",
    [
        "||He dies.\n\nShe kills him.\n\n- Really.||",
        "||" + "He dies in the end. She kills him. " * 20 + "||",
        "||\nHe dies.\n||",
    ],
)
def test_hidden_words_stay_with_the_marks_that_hide_them(hidden: str) -> None:
    assert texts(f"Before.\n{hidden}\nAfter.") == ["Before.", hidden, "After."]
    assert texts(hidden) == [hidden]


def test_hidden_words_that_are_bold_too_stay_hidden() -> None:
    hidden = "||" + "He dies in the end. She kills him. " * 20 + "||"
    assert texts(f"Before. **{hidden}** After.")[1] in (hidden, f"**{hidden}**")


def test_bars_in_code_hide_nothing() -> None:
    post = "Write `a || b`. It works.\n\n```\nx || y\n```\nOr `c || d`. Does it?"
    assert texts(post) == [
        *("Write `a || b`.", "It works.", "```\nx || y\n```", "Or `c || d`.", "Does it?"),
    ]


def test_stray_backticks_do_not_join_lines() -> None:
    assert texts("I don`t know\nand I won`t ask") == ["I don`t know", "and I won`t ask"]


def test_a_code_block_may_open_in_mid_line_and_talk_may_follow_it() -> None:
    post = "Try ```js\nrun()``` and tell me."
    assert texts(post) == ["Try", "```js\nrun()```", "and tell me."]
    assert of_kind(CODE, post) == ["```js\nrun()```"]


def test_a_code_block_may_be_one_line() -> None:
    assert of_kind(CODE, "Try\n```run. Twice```\nplease. ```Not``` so.") == ["```run. Twice```"]


def test_code_that_others_are_quoted_with_is_theirs() -> None:
    post = "> ```\n> run()\n> ```\nThat works."
    assert of_kind(CODE, post) == []
    assert of_kind(SentenceKind.PROSE, post) == ["That works."]


def test_a_code_block_that_nobody_closed_reaches_to_the_end() -> None:
    assert of_kind(CODE, "Look:\n```\nx. Y\n\n> z\n") == ["```\nx. Y\n\n> z"]


def test_a_fence_in_mid_line_without_a_second_one_is_a_slip() -> None:
    assert of_kind(CODE, "I typed ``` by accident.\nSorry. It happens.") == []


def test_the_words_of_others_are_told_apart_from_ones_own() -> None:
    post = "> Nobody reads it. Ever.\n>\n> > I do.\nI disagree."
    assert of_kind(QUOTED, post) == ["Nobody reads it.", "Ever.", "I do."]
    assert texts(post)[-1] == "I disagree."
    assert posted(post)[-1].evidence
    assert not posted(post)[0].evidence


def test_discord_quotes_the_rest_of_a_message() -> None:
    post = "She said:\n>>> All of this. Is hers.\n\nThis too."
    assert of_kind(QUOTED, post) == ["All of this.", "Is hers.", "This too."]


def test_mail_that_nests_quotations_three_deep_leaves_the_answer_to_its_author() -> None:
    post = ">>> Is it so?\n>> It is.\n> Sure?\n\nYes, I am."
    assert of_kind(QUOTED, post) == ["Is it so?", "It is.", "Sure?"]
    assert posted(post)[-1].kind is SentenceKind.PROSE


@pytest.mark.parametrize("own", [">.< oh no", ">= 5 would do", ">_> right", "a > b", "->x"])
def test_a_greater_sign_alone_quotes_nobody(own: str) -> None:
    assert of_kind(SentenceKind.PROSE, own) == [own]


def test_list_items_headings_and_rows_end_without_a_full_stop() -> None:
    post = (
        "# Why\nbecause\n- it is cheap\n* it is quick. Really\n  - [x] done\n"
        "1. First. Then\n2) second\n-# small print\n| a | b |\n|---|---|\n---\nend"
    )
    assert texts(post) == [
        *("Why", "because", "it is cheap", "it is quick.", "Really", "done"),
        *("1. First.", "Then", "2) second", "small print", "| a | b |", "end"),
    ]


def test_a_new_line_is_a_new_thought_in_a_chat() -> None:
    assert texts("my first thought\nmy second thought\nlol") == [
        "my first thought",
        "my second thought",
        "lol",
    ]


MAIL = """\
I have read the whole proposal now, and what troubles me is that it
Does not say who pays for it, nor when we would be done with all of
the preparations. That is a pity. I would rather wait until somebody
has worked it out.
"""


def test_a_new_line_is_white_space_where_mail_was_wrapped() -> None:
    assert texts(MAIL) == [
        "I have read the whole proposal now, and what troubles me is that it\n"
        "Does not say who pays for it, nor when we would be done with all of\n"
        "the preparations.",
        "That is a pity.",
        "I would rather wait until somebody\nhas worked it out.",
    ]


def test_quoted_mail_is_put_together_as_well() -> None:
    quoted = "".join(f"> {line}\n" for line in MAIL.splitlines())
    found = of_kind(QUOTED, quoted)
    assert [text.replace("\n> ", "\n") for text in found] == texts(MAIL)


@pytest.mark.parametrize(
    "between",
    ["\n\n", "\n```\nx\n```\n", "\n- ", "\n# heads up\n", "\n---\n", "\n> they said\n"],
)
def test_a_wrapped_line_ends_where_something_else_begins(between: str) -> None:
    line = "so this is a line as long as a mail program would make it when it wraps"
    post = between.join([line] * 4)
    assert [text for text in texts(post) if text.endswith(line)] == [line] * 4


def test_a_numbered_item_is_no_wrapped_line_though_it_is_as_long() -> None:
    line = "so this is a line as long as a mail program would make it when it wraps"
    item = f"2) {line[3:]}\nand goes on"
    assert texts(f"{line}\n{item}") == [line, item]


def test_ones_own_words_do_not_go_on_with_those_of_others() -> None:
    line = "so this is a line as long as a mail program would make it when it wraps"
    post = f"# {line}\n{line}\n> {line}\n{line}"
    assert texts(post) == [line] * 4
    assert of_kind(QUOTED, post) == [line]


def test_a_full_line_alone_does_not_show_that_text_was_wrapped() -> None:
    first = "I would be happy to look at this if you send it to me within this week"
    assert texts(f"{first}\nThe tests are fine") == [first, "The tests are fine"]
    assert texts(f"{first}\nor the next one") == [f"{first}\nor the next one"]


def test_long_lines_that_had_room_left_are_not_wrapped() -> None:
    post = (
        "I would not do that at all because it costs us more than what it is worth\n"
        "we all agree\n"
        "it was tried before and it did not help anybody in the least, as I remember it"
    )
    assert texts(post) == post.splitlines()


@pytest.mark.parametrize(
    "sentences",
    [
        ["今天很好。", "你呢？", "见https://a.example/b。", "我很好！"],
        ["こんにちは。", "元気ですか？"],
        ["यह अच्छा है। ", "ठीक है।"],
        ["كيف حالك؟ ", "أنا بخير."],
        ["Привет. ", "Как дела?"],
        ["Zwölf Boxkämpfer. ", "Ça va? ", "¿Qué tal?"],
    ],
)
def test_sentences_end_in_other_scripts_too(sentences: list[str]) -> None:
    assert texts("".join(sentences)) == [sentence.strip() for sentence in sentences]


def test_positions_count_characters_also_behind_emoji_and_accents() -> None:
    post = "Ja 😀👩‍👩‍👧 é. Nein."
    assert texts(post) == ["Ja 😀👩‍👩‍👧 é.", "Nein."]


def test_an_emoji_says_something_and_a_rule_does_not() -> None:
    assert texts("👍") == ["👍"]
    assert posted("---\n***\n> \n```\n```") == posted("") == posted(" \n\t\u200b") == ()


@pytest.mark.parametrize("length", [5_000, 100_000])
def test_a_wall_of_words_is_cut_between_words(length: int) -> None:
    wall = ("and then we went on " * length)[:length]
    pieces = texts(wall)
    assert max(map(len, pieces)) <= LONGEST
    assert min(map(len, pieces[:-1])) >= LONGEST // 2
    assert " ".join(pieces).split() == wall.split()


def test_a_long_sentence_is_cut_behind_a_clause() -> None:
    long = "we tried it for a very long time with many people in a small room, " * 20
    assert {text[-1] for text in texts(long)} == {","}


@pytest.mark.parametrize("start", ["a", "ab", "abc"])
@pytest.mark.parametrize("character", ["e\u0301\u0323", "👩‍👧", "👍🏽", "की", "<:yes:12345678>"])
def test_a_wall_without_spaces_is_cut_between_characters(character: str, start: str) -> None:
    pieces = texts(start + character * 400)
    assert len(pieces) > 1
    assert "".join(pieces) == start + character * 400
    assert all(piece.startswith(character) for piece in pieces[1:])


def test_what_stands_in_quotation_marks_is_cut_behind_its_sentences() -> None:
    pieces = texts('"' + "We tried it, and it was fine. " * 40 + '"')
    assert {text[-1] for text in pieces[:-1]} == {"."}


def test_code_within_a_wall_of_words_is_not_cut() -> None:
    wall = "word " * 76 + "`let x = y + z` " + "word " * 40
    assert any("`let x = y + z`" in text for text in texts(wall))


def test_a_very_long_word_goes_to_the_next_piece_whole() -> None:
    word = "x" * (LONGEST - 5)
    assert texts(f"as I said {word}") == ["as I said", word]


def test_a_link_longer_than_a_sentence_is_cut_like_any_word() -> None:
    link = "https://a.example/" + "x" * 3 * LONGEST
    pieces = texts(f"See {link} there.")
    assert "".join(pieces[1:-1]) in link
    assert max(map(len, pieces)) <= LONGEST


def test_no_end_is_missed_in_a_long_text() -> None:
    sentence = "You agree about it."
    assert texts(f"{sentence} " * 1_000) == [sentence] * 1_000


def test_a_long_link_after_a_few_words_goes_to_the_next_piece_whole() -> None:
    link = "https://a.example/" + "x" * (LONGEST - 30)
    assert texts(f"as I said {'before ' * 5}{link} and so on")[1].startswith(link)


def test_attachments_stand_at_the_end_where_there_is_nothing_to_slice() -> None:
    *words, last = posted("My cats. ", "tom.png", "plan.pdf")
    assert [sentence.text for sentence in words] == ["My cats."]
    assert last.text == "[image: tom.png] [file: plan.pdf]"
    assert (last.kind, last.span.start, last.span.end) == (ATTACHMENT, 9, 9)
    assert not last.evidence


MARKS = ("\n", "\r\n", "```", "~~~\n", "`", "> ", ">>> ", "- ", "1. ", "# ", "||", "**", " ", ". ")
MORE_MARKS = ("? ", "。", "[a](", ")", "<:", "https://", "é", "\u0301", "👩\u200d", "\ud800", "\0")
TEXTS = st.text() | st.lists(
    st.sampled_from((*MARKS, *MORE_MARKS, "word", "Word")) | st.text(max_size=3)
).map("".join)


@given(TEXTS)
@example("- [ ] a\x1c\n>>> b")
@example("||so long\n||\n>>> ||a")
@example("a" * 399 + "\u0301" * 500)
def test_nothing_is_lost_and_nothing_said_twice(content: str) -> None:
    sentences = posted(content)
    assert sentences == posted(content)
    last = 0
    for sentence in sentences:
        span = sentence.span
        assert last <= span.start < span.end
        assert sentence.text == content[span.start : span.end] == sentence.text.strip()
        assert "[x]" in content[last : span.start] or not any(
            map(str.isalnum, content[last : span.start])
        )
        whole = sentence.kind is CODE or "||" in sentence.text
        assert whole or len(sentence.text) <= LONGEST
        last = span.end
    assert not any(map(str.isalnum, content[last:]))


@pytest.mark.parametrize(
    "unit",
    [
        *("This is a sentence, with words. ", "word ", "x", "\n", "`", ">", "|", "a.", "a. "),
        *("“", "你好。", "```\n", "a ```b\n", "~~~\n", "\n> a", ">>> a\n", "||a", "a ||\n", "``a`"),
        *("**a ", "[a](", "![", "<a", "http://", "1. ", "- a\n", "line of\n", "\u0301", "👩\u200d"),
    ],
)
def test_a_huge_message_takes_no_longer_than_its_length_deserves(unit: str) -> None:
    huge = (unit * 100_000)[:100_000]
    begin = time.process_time()
    posted(huge)
    assert time.process_time() - begin < 1
