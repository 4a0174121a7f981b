"""LLMEngine: each use is one prompt, one shape of answer, and the checks that it must pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import BaseModel

from bot.core.brief import Brief, Stand, limit, of_people
from bot.core.brief_checks import Sources
from bot.core.discussion import Discussion
from bot.core.prompts import Prompt
from bot.core.sentences import Sentence, Span
from bot.core.summary import EngineFacts
from bot.engines import AnswerDraft, Draft, Material, Meter, Wanted
from bot.engines.chat import Chat, Request
from bot.engines.llm import answer as answering
from bot.engines.llm import prompt_data
from bot.engines.llm.brief import Drafting, complaint
from bot.engines.llm.brief_answers import BriefAnswer, Mended
from bot.engines.llm.schemas import json_schema
from bot.engines.llm.suggest import SuggestAnswer, checked
from bot.engines.quotes import QuotesEngine
from bot.engines.quotes.speech import asks, says_something

T = TypeVar("T", bound=BaseModel)
VARIABLES: Mapping[str, tuple[str, ...]] = {
    "brief": ("background", "messages", "words", "crowd"),
    "carry": ("earlier", "messages", "words", "crowd"),
    "suggest": ("background", "messages", "member", "count", "wish"),
    "answer": ("messages", "question"),
}
"""The prompts, and the variables that each must use."""

HOSTED_CONTEXT, USUAL_CONTEXT = 128_000, 16_384
"""Tokens that a model takes in, where neither the host nor the server says: OpenAI's, others'."""
BYTES = 3
"""Of text in a token: English has four, Chinese three."""
LARGEST = 160_000
"""Bytes of messages in one call; about 500 messages, which a model still reads with care."""
SPARE = 1
"""Drafts that are asked for besides, since one may not pass."""
STAND_TOKENS, MOST_STANDS = 60, 60
"""Tokens of an answer for each person's line, and how many are asked for: of a larger crowd, the
others stand with a sentence of their own."""


@dataclass(frozen=True, slots=True)
class LLMEngine:
    """Any model behind a chat completions endpoint.

    `context` (tokens) overrides what the server says.
    """

    chat: Chat
    prompts: Mapping[str, Prompt]
    context: int | None = None
    meter: Meter = field(default_factory=Meter)

    @property
    def facts(self) -> EngineFacts:
        return EngineFacts(
            name="llm",
            model=self.chat.endpoint.model,
            prompts={name: prompt.hash for name, prompt in self.prompts.items()},
        )

    def metered(self, meter: Meter) -> "LLMEngine":
        return replace(self, meter=meter)

    async def close(self) -> None:
        await self.chat.close()

    async def room(self) -> int:
        context = self.context or (await self.chat.model()).context
        if context is None:
            context = HOSTED_CONTEXT if self.chat.endpoint.base_url is None else USUAL_CONTEXT
        # Twice the answer: it goes back once with what is wrong.
        instructions = len(self.prompts["brief"].stable) // BYTES
        tokens = context - instructions - 2 * self.prompts["brief"].max_tokens
        if self.chat.taken is not None:  # of the prompt alone: an answer had its room beside it
            tokens = min(tokens, self.chat.taken - instructions)
        return max(BYTES, min(LARGEST, tokens * BYTES))

    async def brief(self, material: Material) -> Brief:
        drafting = await self.drafted(material)
        missing = await self._quoted(material, drafting.missing)
        self.meter.rejected.update(drafting.rejected)
        return drafting.brief(missing)

    async def drafted(self, material: Material) -> Drafting:
        """The brief as it stands after checks and mending."""
        use = "carry" if material.earlier else "brief"
        people = len(_speakers(material))
        request = self._request(use, people, **shown(material, use))
        drafting = Drafting(
            sources(material, self.prompts[use].stable),
            _speakers(material),
            limit(material.discussion.words(material.whole or material.messages)),
        )
        drafting.stands = {
            stand.author: stand for brief in material.earlier for stand in brief.people
        }
        answer, text = await self._ask(request, BriefAnswer)
        drafting.take(answer)
        await self._mend(drafting, request, text)
        drafting.drop_faulty()
        drafting.shorten()
        return drafting

    async def _mend(self, drafting: Drafting, request: Request, text: str) -> None:
        """Sends back once what can't stand, and asks for who is missing."""
        faulty = drafting.faulty
        asked = drafting.missing if len(drafting.speakers) <= MOST_STANDS else []
        if not (faulty or drafting.excess or drafting.unfit or asked):
            return
        lines = {
            f"S{n}": prompt_data.statement(drafting.discussion, entry.statement)
            for n, entry in enumerate(drafting.entries, start=1)
        }
        told = complaint(drafting, faulty, lines, asked)
        again = replace(request.followed(text, told), purpose=f"{request.purpose}_repair")
        answer, _ = await self._ask(again, Mended)
        drafting.mend(answer, lines if drafting.excess else faulty)

    async def _quoted(self, material: Material, authors: Sequence[str]) -> Mapping[str, Stand]:
        """A sentence of each of these people, chosen by form."""
        if not authors:
            return {}
        plain = Material(material.discussion, material.messages)
        brief = await QuotesEngine().brief(plain)
        return {stand.author: stand for stand in brief.people if stand.author in authors}

    async def suggest(
        self, material: Material, brief: Brief | None, wanted: Wanted
    ) -> tuple[Draft, ...]:
        discussion = material.discussion
        request = self._request(
            "suggest",
            0,
            background=_background(material),
            messages=prompt_data.transcript(discussion, material.messages),
            member=prompt_data.label(discussion, wanted.viewer),
            count=str(wanted.count + SPARE),
            wish=f', each with the intent "{wanted.intent}"' if wanted.intent else "",
        )
        request = replace(request, max_tokens=(wanted.count + SPARE) * request.max_tokens)
        answer, _ = await self._ask(request, SuggestAnswer)
        found = list(
            checked(answer, sources(material, self.prompts["suggest"].stable), brief, wanted)
        )
        for one in found:
            self.meter.rejected.update(one.why_not)
        return tuple(one.draft for one in found if one.draft)[: wanted.count]

    async def answer(
        self, discussion: Discussion, question: str, passages: Sequence[Span]
    ) -> AnswerDraft:
        messages = tuple(dict.fromkeys(span.message for span in passages))
        material = Material(discussion, messages)
        request = self._request(
            "answer",
            0,
            messages=prompt_data.title(discussion) + prompt_data.transcript(discussion, messages),
            question=prompt_data.words(question),
        )
        found_in = replace(sources(material, self.prompts["answer"].stable), question=question)
        answer, text = await self._ask(request, answering.AskAnswer)
        held = answering.held(answer, found_in)
        if any(unfit for _, unfit in held):
            again = replace(
                request.followed(text, answering.complaint(held)), purpose="answer_repair"
            )
            answer, _ = await self._ask(again, answering.AskAnswer)
            held = answering.held(answer, found_in)
        stood = [written.statement for written, unfit in held if not unfit]
        self.meter.rejected.update(unfit[0].reason for _, unfit in held if unfit)
        more = answering.missing(answer, found_in) if stood else ()
        return AnswerDraft((*stood, *more), frozenset(messages))

    def _request(self, use: str, people: int, **variables: str) -> Request:
        prompt = self.prompts[use]
        return Request(
            purpose=use,
            instructions=prompt.instructions,
            examples=prompt.examples,
            content=prompt.fill(variables),
            max_tokens=prompt.max_tokens + min(people, MOST_STANDS) * STAND_TOKENS,
            temperature=prompt.temperature,
        )

    async def _ask(self, request: Request, shape: type[T]) -> tuple[T, str]:
        return await self.chat.ask(request, shape, self.meter, json_schema(shape))


def shown(material: Material, use: str) -> dict[str, str]:
    """The variables of the prompts that write a brief."""
    discussion = material.discussion
    whole = material.whole or material.messages
    variables = {
        "messages": prompt_data.transcript(discussion, material.messages) or "(no new messages)",
        "crowd": _crowd(len(_speakers(material))) if use == "brief" else "",
        "words": str(limit(discussion.words(whole)) * 9 // 10),
    }
    if use == "carry":
        head = "The messages since:\n" if material.messages else ""
        earlier = prompt_data.earlier(discussion, material.earlier)
        return {**variables, "earlier": f"{prompt_data.title(discussion)}\n{earlier}{head}"}
    return {**variables, "background": _background(material)}


def _crowd(people: int) -> str:
    if people <= MOST_STANDS:
        return ""
    return f" There are {people} people: give lines for the {MOST_STANDS} with most to say."


def _background(material: Material) -> str:
    """The title, and what went before a stretch or before the newest messages, if anything did."""
    title = f"{prompt_data.title(material.discussion)}\n"
    if material.background is None:
        return title
    front = prompt_data.front(material.discussion, material.background)
    return (
        f"{title}What was said before, in short, to understand what follows; write about the "
        f"messages below:\n{front}\n\n"
    )


def sources(material: Material, instructions: str) -> Sources:
    messages = set(material.messages)
    for brief in material.earlier:
        messages.update(span.message for span in brief.cites)
    return Sources(material.discussion, messages, _words(material), instructions)


def _words(material: Material) -> str:
    """All words of people that the model is shown, or that an earlier brief may have repeated."""
    briefs = (*material.earlier, *filter(None, (material.background,)))
    cited = (span.message for brief in briefs for span in brief.cites)
    ids = dict.fromkeys((*material.messages, *cited))
    shown = [material.discussion.messages[id_] for id_ in ids]
    said = (words for each in shown for words in (each.content, *each.attachments))
    return "\n".join((material.discussion.topic.title, *said))


def _speakers(material: Material) -> frozenset[str]:
    """Who has something to say in the messages, by its form; programs don't count."""
    discussion = material.discussion
    return frozenset(
        author
        for id_ in material.messages
        if (author := discussion.messages[id_].author.source_id) in discussion.labels
        and any(map(_says, discussion.sentences(id_)))
    ) | frozenset(author for brief in material.earlier for author in of_people(brief.people))


def _says(sentence: Sentence) -> bool:
    return sentence.evidence and (says_something(sentence) or asks(sentence))
