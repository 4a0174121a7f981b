"""Prompts: Markdown files that people edit, checked before any call and filled in exactly once.

A file is TOML front matter between `+++` lines, the stable instructions, examples if there are
any, a line `---`, and the part that changes from call to call. Only this part may hold variables
(`$messages`), so that the rest is the same in every call and servers can keep it in their caches.
An example is a line `--- example`, a request, a line `--- answer`, and the answer that it should
get: the model sees it as an earlier turn, which small models follow better than words about it.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from string import Template
from typing import Any

from bot.core.errors import ConfigError

FENCE = "+++"
DIVIDER = "\n---\n"
EXAMPLE = "\n--- example\n"
ANSWER = "\n--- answer\n"
SETTINGS = {"purpose": str, "variables": list, "temperature": float, "max_tokens": int}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as its file has it. `max_tokens` is the most that an answer may take.

    `examples` are requests with the answers that they should get.
    """

    name: str
    purpose: str
    variables: frozenset[str]
    temperature: float | None
    max_tokens: int
    instructions: str
    examples: tuple[tuple[str, str], ...]
    request: str
    hash: str

    @property
    def stable(self) -> str:
        """Instructions and examples: what a model is told in every call, and no reader is."""
        turns = (turn for example in self.examples for turn in example)
        return "\n".join((self.instructions, *turns))

    def fill(self, values: Mapping[str, str]) -> str:
        """The changing part with the values in their places.

        A value that itself looks like a variable stays as it is. Raises KeyError where one is
        missing, which the checks at the start rule out for the variables of this program.
        """
        return Template(self.request).substitute(values)


def parse(name: str, text: str, known: Iterable[str]) -> Prompt:
    """A prompt file's prompt. `known` are the variables that the program can fill in.

    Raises ConfigError naming the file and what is wrong with it.
    """
    head, body = _split(name, text.replace("\r\n", "\n"))
    settings = _settings(name, head)
    stable, divider, request = body.partition(DIVIDER)
    if not divider:
        raise _wrong(name, "has no line `---` between the instructions and the request")
    declared = frozenset(map(str, settings.get("variables", [])))
    _check_variables(name, declared, frozenset(known), stable, request)
    instructions, *examples = Template(stable).substitute().split(EXAMPLE)
    return Prompt(
        name=name,
        purpose=settings["purpose"],
        variables=declared,
        temperature=settings.get("temperature"),
        max_tokens=settings["max_tokens"],
        instructions=instructions.strip(),
        examples=tuple(_example(name, each) for each in examples),
        request=request.strip(),
        hash=blake2b(text.encode(), digest_size=6).hexdigest(),
    )


def _split(name: str, text: str) -> tuple[str, str]:
    start, fence, rest = text.partition(f"{FENCE}\n")
    head, end, body = rest.partition(f"\n{FENCE}\n")
    if start.strip("\ufeff \n") or not fence or not end:
        raise _wrong(name, f"must begin with settings between two lines `{FENCE}`")
    return head, body


def _settings(name: str, head: str) -> dict[str, Any]:
    try:
        settings = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, f"has settings that are not valid TOML: {error}") from None
    if "temperature" in settings and isinstance(settings["temperature"], int):
        settings["temperature"] = float(settings["temperature"])
    for key, value in settings.items():
        if key not in SETTINGS:
            raise _wrong(name, f"has an unknown setting {key}; known are {', '.join(SETTINGS)}")
        if not isinstance(value, SETTINGS[key]):
            raise _wrong(name, f"has a setting {key} that is not a {SETTINGS[key].__name__}")
    for key in ("purpose", "max_tokens"):
        if key not in settings:
            raise _wrong(name, f"lacks the setting {key}")
    return settings


def _check_variables(
    name: str, declared: frozenset[str], known: frozenset[str], instructions: str, request: str
) -> None:
    for part in (instructions, request):
        if not Template(part).is_valid():
            raise _wrong(name, "has a `$` that names no variable; write `$$` for a dollar sign")
    if fixed := Template(instructions).get_identifiers():
        raise _wrong(name, f"uses ${fixed[0]} in the instructions, before the line `---`")
    used = frozenset(Template(request).get_identifiers())
    for variable in sorted((declared | used) - known):
        raise _wrong(name, f"uses ${variable}, which nothing fills in; known are {_listed(known)}")
    for variable in sorted(declared ^ used):
        where = "declares" if variable in declared else "uses"
        other = "uses" if variable in declared else "declares"
        raise _wrong(name, f"{where} ${variable} but never {other} it")
    for variable in sorted(known - used):
        raise _wrong(name, f"lacks ${variable}")


def _example(name: str, text: str) -> tuple[str, str]:
    request, divider, answer = text.partition(ANSWER)
    if not divider or not request.strip() or not answer.strip():
        raise _wrong(name, "has an example without a line `--- answer` and an answer after it")
    return request.strip(), answer.strip()


def _listed(variables: Iterable[str]) -> str:
    return ", ".join(f"${variable}" for variable in sorted(variables))


def _wrong(name: str, what: str) -> ConfigError:
    return ConfigError(f"The prompt {name}.md {what}.")
