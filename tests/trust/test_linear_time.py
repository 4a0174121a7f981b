"""No text keeps anybody waiting: not a model's, not a member's, not a crowd of names."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.core.brief_checks import statement_faults, title_faults
from bot.core.copies import copies, runs
from bot.core.discussion import Discussion
from bot.core.figures import figures, values
from bot.core.inert import dead, inert, visible
from bot.core.links import dotted, links, unlinked
from bot.core.lookalikes import alike, stacked
from bot.core.model import Author, Message, Topic
from bot.core.naming import Naming, called, is_called
from bot.core.quotations import quotations
from bot.core.sources import Sources
from bot.core.statements import statements, titled
from bot.core.surroundings import Surroundings
from bot.engines import Wanted
from bot.engines.llm.answer import AskAnswer, held, missing
from bot.engines.llm.suggest import DraftAnswer, SuggestAnswer, checked

LONG = 120_000
SOON = 3.0
"""Seconds of work; what grows with the square takes minutes."""
PIECES = (
    "`", "``` ", "[", "](", "[1.1", "[1.1]. ", "(", '"', "“", "„", "'a ", ".", "a", "a.bb/",
    "a-", "://", "/", "@a", "<a", "# ", "\n\n ", "\n- ", " ", "*a", "_a ", "~", "||", "1,",
    "P1 ", "Name5 ", "all of the ", "everyone ", "two and a ", "a\u0301", "е", "\u200b", "田",
    "一", "MCM", "lO1", "discord. ", "a (dot) ", "a b c ", "\ud800", "(a)", "- - ",
)  # fmt: skip


@contextmanager
def soon(what: str) -> Iterator[None]:
    begun = time.thread_time()
    yield
    assert time.thread_time() - begun < SOON, what


def discussed(*words: str, people: int = 3) -> Sources:
    authors = [Author(str(n), f"Name{n} Ünal{n} 田{chr(0x4E00 + n)}中") for n in range(people)]
    crowd = [Message(f"m{n}", author, "I want hats.") for n, author in enumerate(authors, start=1)]
    said = [Message(f"x{n}", authors[0], text) for n, text in enumerate(words)]
    talk = Discussion(Topic("test", "t", "Hats"), [*said, *crowd])
    return Sources(talk, set(talk.ids), "\n".join(each.content for each in talk.messages.values()))


def judged(text: str, sources: Sources) -> None:
    """Every check of everything that a model may write."""
    for written in statements(sources.discussion, text)[:200]:
        statement_faults(written, sources)
        statement_faults(written, sources, absence=True)
    title_faults(titled(sources.discussion, text), sources)
    answer = AskAnswer(answer=text, missing=text)
    held(answer, sources)
    missing(answer, sources)
    drafts = [DraftAnswer(to=[text], cites=["1.1", text], text=text, beyond=text)]
    list(checked(SuggestAnswer(drafts=drafts), sources, None, Wanted()))


READ: dict[str, Callable[[str], object]] = {
    "visible": visible,
    "inert": inert,
    "dead": dead,
    "unlinked": unlinked,
    "alike": alike,
    "stacked": stacked,
    "links": lambda text: (list(links(text)), list(dotted(text))),
    "figures": lambda text: (list(figures(text)), values(text)),
    "quotations": lambda text: list(quotations(text)),
    "copies": lambda text: copies(text, runs(text, 8), 8, [text]),
    "surroundings": lambda text: (Surroundings(text).has_name("7", text), Surroundings(text).hosts),
    "called": called,
    "is called": lambda text: is_called(text, "1", {"1": text, "2": text}, {"1": text}),
    "named": lambda text: Naming({"1": text, "2": "Ana"}).name("1"),
}


@pytest.mark.parametrize("name", READ)
def test_any_text_is_read_soon(name: str) -> None:
    for piece in PIECES:
        with soon(f"{name}: {piece!r}"):
            READ[name]((piece * LONG)[:LONG])


@pytest.mark.parametrize("piece", PIECES[::2])
def test_what_a_model_writes_is_judged_soon(piece: str) -> None:
    sources = discussed("I want hats.")
    with soon("long"):
        judged((piece * LONG)[:LONG], sources)
    with soon("as long as may be shown"):
        for _ in range(3):
            judged(f"P1 wants {(piece * 600)[:600]} [1.1].", sources)


@pytest.mark.parametrize("piece", PIECES[1::2])
def test_what_is_cited_may_be_as_long_as_it_likes(piece: str) -> None:
    code = f"```\n{(piece.replace('`', '') * LONG)[:LONG]}\n```"
    sources = discussed(code)
    with soon("cited"):
        judged("P1 wants 7 hats, “so it is and was”, says Name2 of evil.example [1.1].", sources)


def test_a_crowd_of_people_is_read_soon() -> None:
    sources = discussed(people=5_000)
    names = sources.discussion.names
    texts = (
        "Name4999 and Name7 want hats with 田乌中 [1.1].",
        "P1, P2, P3 and P4 want hats [1.1].",
    )
    with soon("the first"):
        judged(texts[0], sources)
    with soon("the others"):
        for text in texts * 10:
            judged(text, sources)
    with soon("names"):
        Naming(names)
        for author in list(names)[:200]:
            is_called(f"Name{author}", author, names, sources.said)
    with soon("cited by the dozen"):
        ids = ", ".join(f"{n}.1" for n in range(1, 5_000))
        labels = " ".join(f"P{n}" for n in range(1, 70))
        for _ in range(3):
            judged(f"{labels} want hats [{ids}].", sources)
            judged(f"{labels} want hats [{ids[:200]}].", sources)


def test_one_who_writes_a_lot_is_read_soon() -> None:
    sources = discussed(*(f"I want {n} hats, " * 50 for n in range(2_000)))
    with soon("all of it"):
        assert len(sources.said["0"]) > LONG
        judged("P1 wants 7 hats [1.1].", sources)
