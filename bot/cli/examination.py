"""Everything that Moot stands on, looked at in turn; each part says itself how it stands."""

import os
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from bot import archive
from bot.assembly import build_chat, load_prompt, prompt_folder
from bot.config import DEFAULT_FILE, Config, LLMConfig, unknown_variables
from bot.core.errors import ConfigError
from bot.core.finding import Finding, ok, problem, warning
from bot.engines import examination as model
from bot.engines.llm import VARIABLES


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
        *await _model(config.llm),
        *await client.examine(config.discord),
    ]


def _settings(faults: Sequence[str], file: Path | None) -> Iterator[Finding]:
    named = file or DEFAULT_FILE
    for fault in faults:
        yield problem("config", fault, f"Mend it in {named} or in the environment.")
    for fault in unknown_variables(os.environ):
        yield warning("config", fault, "Rename it, or take it out of the environment.")
    if not faults:
        there = f"{named} can be used." if named.exists() else f"There is no {named}: defaults."
        yield ok("config", there)


def _prompts(own: Path | None) -> Iterator[Finding]:
    told = dict.fromkeys(filter(None, (_fault(name, own) for name in VARIABLES)))
    for fault in told:
        yield problem("prompts", fault, "Mend it, or take it out: then Moot's own serves.")
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


async def _model(settings: LLMConfig) -> list[Finding]:
    try:
        chat = build_chat(settings)
    except ConfigError as error:
        return [problem("model", error, "Mend it under [llm], or in the environment.")]
    if chat is None:
        hint = "For drafts in a model's words, set model or gguf under [llm]."
        return [ok("model", "None is configured: Moot serves quotes only.", hint)]
    try:
        return await model.examine(chat, settings.context)
    finally:
        await chat.close()
