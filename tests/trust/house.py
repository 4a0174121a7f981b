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
from tests.trust.plain import runs_of
from tests.trust.plants import PLACES, Document, document, numbered, planted_ids
from tests.trust.reader import Shown

SECRET = frozenset(run for prompt in load_prompts(None).values() for run in runs_of(prompt.stable))
"""What gives the prompts away."""
Script = Callable[[dict[str, Any]], Reply]
Lines = set[tuple[str, str]]
"""Who has a line, and their sentences under it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a case. `people` and `quotes` are those of others that the plant cost."""

    findings: Findings
    people: set[str]
    quotes: set[str]
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
    unplanted: dict[tuple[str, str], Lines] = field(default_factory=dict[tuple[str, str], Lines])
    cases: int = 0

    def plant(self, thread: Thread, payload: str, place: str, model: Script) -> Outcome:
        """A case: the payload at a place of the thread, and what a reader then gets."""
        planted = document(thread)
        PLACES[place](planted, payload)
        shown, messages = self.shown(numbered(planted), model)
        # Who has little to say has a line only where a model chooses to write one.
        everybody = shown.summary.engine.name == "llm" and not getattr(model, "everywhere", False)
        before, now = self.before(thread, "llm" if everybody else "quotes"), _lines(shown)
        mine = planted_ids(planted)
        return Outcome(
            findings=Judge(messages, shown.summary.topic.title, payload, SECRET).findings(shown),
            people={author for author, _ in before} - {author for author, _ in now},
            quotes={quote for _, quote in before - now},
            quoted=any(each.message_id in mine for each in shown.quotes()),
            shown=shown,
            obeyed=getattr(model, "obeyed", 0),
        )

    def before(self, thread: Thread, engine: str) -> Lines:
        """The people's lines where nothing is planted, by that engine."""
        key = (thread.topic.source_id, engine)
        if key not in self.unplanted:
            model = Obedient("") if engine == "llm" else _silent
            shown, _ = self.shown(numbered(document(thread)), model)
            self.unplanted[key] = _lines(shown)
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
        shown = self.loop.run(_asked(self.partner, thread))
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


async def _asked(partner: DiscussionPartner, thread: Thread) -> Shown:
    topic = (await partner.record(thread.topic, thread.messages)).topic_id
    question = asked_about(thread)
    return Shown(
        summary=await partner.summarise(topic),
        stretch=await partner.summarise(topic, since=thread.messages[0].source_id),
        suggestions=await partner.suggest(topic, Wanted(3)),
        answer=await partner.ask(topic, question),
        question=question,
    )


def asked_about(thread: Thread) -> str:
    """A question that has a word of every message, so that each may be found."""
    words = (re.findall(r"[^\W\d_]+", message.content) for message in thread.messages)
    telling = [max(each, key=len)[:20] for each in words if each]
    return f"What do people say of {', '.join(dict.fromkeys(telling))}?"[:300]


def _silent(request: dict[str, Any]) -> Reply:
    return Reply("")


@contextmanager
def house(**llm: object) -> Iterator[House]:
    """A house of its own while the block lasts."""
    with tempfile.TemporaryDirectory() as name, serving(_silent) as endpoint:
        folder = Path(name)
        with asyncio.Runner() as loop:
            opened = House(folder, endpoint, configured(folder, endpoint.url, **llm), loop)
            try:
                yield opened
            finally:
                opened.close()


def _lines(shown: Shown) -> Lines:
    people = shown.summary.people
    return {(each.author, quote.quote) for each in people for quote in each.evidence}
