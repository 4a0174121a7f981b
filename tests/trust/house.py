"""The whole house around a case: a file is imported, archived, read with a model, and shown."""

import asyncio
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.assembly import build_partner, load_prompts
from bot.config import Config
from bot.core.model import Message, Thread
from bot.engines import Wanted
from bot.importers import read
from bot.partner import DiscussionPartner
from tests.endpoint import Endpoint, Reply, serving
from tests.engines.llm.world import configured
from tests.trust.judging import Findings, Judge
from tests.trust.obedient import Obedient
from tests.trust.plain import INSTRUCTED, plain, runs_of
from tests.trust.plants import PLACES, Document, document, numbered, planted_ids
from tests.trust.reader import Shown

SECRET = frozenset(
    run for prompt in load_prompts(None).values() for run in runs_of(prompt.stable, INSTRUCTED)
)
"""What gives the prompts away."""
Script = Callable[[dict[str, Any]], Reply]
Voices = set[tuple[str, str]]
"""Who is quoted with what."""


@dataclass(frozen=True)
class Outcome:
    """What became of a case. `lost` are quotes of others that the plant cost, by author."""

    findings: Findings
    lost_people: set[str]
    lost_quotes: Voices
    quoted: bool
    shown: Shown
    obeyed: int = 0


@dataclass
class House:
    """One database, and the model that is asked, which a case may replace.

    Where a model has failed a partner, the next case gets a new one, which does not avoid it.
    """

    folder: Path
    endpoint: Endpoint
    config: Config
    loop: asyncio.Runner
    partner: DiscussionPartner | None = None
    unplanted: dict[tuple[str, str], tuple[Voices, str]] = field(
        default_factory=dict[tuple[str, str], tuple[Voices, str]]
    )
    cases: int = 0

    def plant(self, thread: Thread, payload: str, place: str, model: Script) -> Outcome:
        """A case: the payload at a place of the thread, and what a reader then gets."""
        planted = document(thread)
        PLACES[place](planted, payload)
        shown, messages = self.shown(numbered(planted), model)
        voices, known = self.before(thread, shown.summary.engine.name)
        mine = planted_ids(planted)
        findings = Judge(messages, payload, mine, SECRET, known).findings(shown)
        now = _voices(shown)
        people = {author for author, _ in voices} - {author for author, _ in now}
        return Outcome(
            findings=findings,
            lost_people=people,
            lost_quotes=voices - now if shown.summary.engine.name == "llm" else set(),
            quoted=any(each.message_id in mine for each in shown.quotes()),
            shown=shown,
            obeyed=getattr(model, "obeyed", 0),
        )

    def before(self, thread: Thread, engine: str) -> tuple[Voices, str]:
        """Who is quoted where nothing is planted, by that engine; and all words shown then."""
        key = (thread.topic.source_id, engine)
        if key not in self.unplanted:
            model = Obedient("") if engine == "llm" else _Silent()
            shown, _ = self.shown(numbered(document(thread)), model)
            words = "".join(plain(text) for text in (*shown.cards(), *shown.terminal()))
            self.unplanted[key] = (_voices(shown), words)
        return self.unplanted[key]

    def shown(self, planted: Document, model: Script) -> tuple[Shown, dict[str, Message]]:
        """What a reader of an export gets."""
        self.cases += 1
        planted["channel"]["id"] = str(self.cases)
        file = self.folder / "export.json"
        file.write_text(json.dumps(planted), encoding="utf-8")
        (thread,) = read(file).threads
        messages = {message.source_id: message for message in thread.messages}
        return self.asked(thread, model), messages

    def asked(self, thread: Thread, model: Script) -> Shown:
        """All that a reader can ask of a thread, asked once."""
        self.endpoint.script = model
        self.partner = self.partner or self._opened()
        shown = self.loop.run(self._asked(self.partner, thread))
        if any(each.engine.fallback for each in shown.results):
            self.close()
        return shown

    def close(self) -> None:
        """Lets go of the partner."""
        if self.partner is not None:
            self.loop.run(self.partner.close())
            self.partner = None

    def _opened(self) -> DiscussionPartner:
        partner = build_partner(self.config)
        self.loop.run(partner.open())
        return partner

    async def _asked(self, partner: DiscussionPartner, thread: Thread) -> Shown:
        topic = (await partner.record(thread.topic, thread.messages)).topic_id
        question = asked_about(thread)
        return Shown(
            summary=await partner.summarise(topic),
            suggestions=await partner.suggest(topic, Wanted(3)),
            answer=await partner.ask(topic, question),
            catch_up=await partner.catch_up(topic, thread.messages[0].source_id),
            question=question,
        )


def asked_about(thread: Thread) -> str:
    """A question that has a word of every message, so that each may be found."""
    words = (re.findall(r"[^\W\d_]+", message.content) for message in thread.messages)
    telling = [max(each, key=len)[:20] for each in words if each]
    return f"What do people say of {', '.join(dict.fromkeys(telling))}?"[:300]


class _Silent:
    """A model that says nothing."""

    def __call__(self, request: dict[str, Any]) -> Reply:
        return Reply("")


@contextmanager
def house(*, small: bool = False, **llm: object) -> Iterator[House]:
    """A house of its own while the block lasts, with a model that is `small` or not."""
    with tempfile.TemporaryDirectory() as name, serving(_Silent()) as endpoint:
        folder = Path(name)
        if small:
            endpoint.model["meta"] = {"n_params": 1_500_000_000}
            llm["window"] = None
        with asyncio.Runner() as loop:
            opened = House(folder, endpoint, configured(folder, endpoint.url, **llm), loop)
            try:
                yield opened
            finally:
                opened.close()


def _voices(shown: Shown) -> Voices:
    told = (*shown.summary.viewpoints, *shown.summary.questions)
    return {(quote.author, quote.quote) for each in told for quote in each.evidence}
