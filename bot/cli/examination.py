"""Everything that Moot stands on, looked at in turn; each part says itself how it stands."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from bot import archive
from bot.assembly import build_chat, build_engine, load_prompt, prompt_folder
from bot.cli.demo import sample
from bot.config import DEFAULT_FILE, Config, LLMConfig, unknown_variables
from bot.core.discussion import Discussion
from bot.core.errors import ConfigError, EngineFailed
from bot.core.finding import Finding, Status, ok, problem, warning
from bot.engines import examination as model
from bot.engines.chat import Chat, WrongForm
from bot.engines.llm import VARIABLES, BriefTrial, try_brief

TOO_WEAK = "Too weak: expect mostly quotes."
LARGER = "Name a larger model under [llm]; docs/models.md says which will do."
A_MODEL = (
    "For drafts in a model's words, write a line [llm] into {file}, and below it "
    'model = "NAME" and base_url = "http://HOST:PORT/v1" of your server, or gguf = "FILE.gguf"; '
    "docs/models.md says which."
)

_CORRECT = (
    "Correct the line in {file} (config.example.toml shows every setting), or set the variable "
    "anew."
)
_OWN_PROMPTS = (
    "Correct that, or delete the file or the line `prompts` under [llm]: then Moot's own serve."
)


async def examine(config: Config, faults: Sequence[str], file: Path | None) -> list[Finding]:
    """All findings. `faults` are those of the configuration, in `file` or in the environment."""
    # Here, so that no other command waits for discord.py to load.
    from bot import client

    return [
        ok("python", python_version()),
        ok("moot", version("moot")),
        *_settings(faults, file),
        *archive.examine(config.database.path),
        *_prompts(config.llm.prompts),
        *await _model(config.llm, file or DEFAULT_FILE),
        *await client.examine(config.discord),
    ]


def _settings(faults: Sequence[str], file: Path | None) -> Iterator[Finding]:
    named = file or DEFAULT_FILE
    for fault in faults:
        yield problem("config", fault, _CORRECT.format(file=named))
    for fault in unknown_variables(os.environ):
        name = fault.partition(" variable ")[2].partition(";")[0]
        yield warning("config", fault, f"Rename it, or type: unset {name}")
    if not faults:
        there = (
            f"{named} can be used."
            if named.exists()
            else f"There is no {named}: the defaults serve."
        )
        yield ok("config", there)


def _prompts(own: Path | None) -> Iterator[Finding]:
    told = dict.fromkeys(filter(None, (_fault(name, own) for name in VARIABLES)))
    for fault in told:
        yield problem("prompts", fault, _OWN_PROMPTS)
    if own is not None:
        for name in sorted(each.stem for each in own.glob("*.md") if each.stem not in VARIABLES):
            todo = f"Rename it, if it is to be one of {', '.join(VARIABLES)}."
            yield warning("prompts", f"{name}.md in {own} is no prompt of Moot's.", todo)
    if not told:
        yield ok("prompts", f"All {len(VARIABLES)} can be used{_of_the_host(own)}.")


def _fault(name: str, own: Path | None) -> str | None:
    try:
        load_prompt(name, own)
    except ConfigError as error:
        return str(error)
    return None


def _of_the_host(own: Path | None) -> str:
    theirs = [name for name in VARIABLES if own and prompt_folder(name, own) == own]
    return f", of them from {own}: {', '.join(theirs)}" if theirs else ""


async def _model(settings: LLMConfig, file: Path) -> list[Finding]:
    try:
        chat = build_chat(settings)
    except ConfigError as error:
        return [
            problem("model", error, f"Write that below [llm] in {file}, or set it as a variable.")
        ]
    if chat is None:
        hint = A_MODEL.format(file=file)
        return [ok("model", "None is configured: Moot serves quotes only.", hint)]
    try:
        found = await model.examine(chat, settings.context)
        return [*found, *await _brief(settings, chat, found)]
    finally:
        await chat.close()


async def _brief(settings: LLMConfig, chat: Chat, found: Sequence[Finding]) -> list[Finding]:
    """How a brief of the sample came out; nothing where what it needs is known to be missing."""
    if any(each.status is Status.PROBLEM for each in found):
        return []
    thread = sample()
    try:
        engine = build_engine(settings, chat)
        async with asyncio.timeout(settings.patience):
            trial = await try_brief(engine, Discussion(thread.topic, thread.messages))
    except ConfigError:
        return []  # The finding on prompts has said it.
    except WrongForm as error:
        return [warning("brief", f"{error} {TOO_WEAK}", LARGER)]
    except EngineFailed as error:
        todo = "Look into the server's own log and type `moot doctor` again, or name another model."
        return [problem("brief", error, todo)]
    except TimeoutError:
        told = f"One of the sample takes longer than {settings.patience:g} s: expect quotes."
        todo = f"Write patience = {2 * settings.patience:g} below [llm], or name a faster model."
        return [warning("brief", told, todo)]
    return [_judged(trial)]


def _judged(trial: BriefTrial) -> Finding:
    tokens = trial.usage.prompt_tokens + trial.usage.completion_tokens
    told = (
        f"One of the sample: {trial.stood} of {trial.written} statements stood, "
        f"{trial.people} of {trial.speakers} people covered, "
        f"{tokens:,} tokens, {trial.seconds:,.0f} s."
    )
    if trial.is_weak or not trial.stood:
        return warning("brief", f"{told} {TOO_WEAK}", LARGER)
    return ok("brief", told)
