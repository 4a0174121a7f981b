"""`moot prompts`: see, check and try the prompts, before any call."""

from collections.abc import Mapping
from typing import Any

import click
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.assembly import load_prompts, prompt_folder
from bot.cli import named
from bot.cli.options import as_json, choices, common, run
from bot.cli.output import show
from bot.cli.streams import written
from bot.core.inert import visible
from bot.core.prompts import Prompt
from bot.engines.llm import VARIABLES
from bot.engines.llm.preview import preview
from bot.partner import DiscussionPartner


@click.group(short_help="See, check and try the prompts.")
@common
def prompts() -> None:
    """See, check and try the prompts that the model is given."""


@prompts.command("list", short_help="List the prompts.")
@as_json
@common
def list_(as_json: bool) -> None:
    """List the prompts: where each comes from, its hash, and what it is for."""
    own = choices().load().llm.prompts
    rows = [
        {
            "name": prompt.name,
            "hash": prompt.hash,
            "purpose": prompt.purpose,
            "variables": sorted(prompt.variables),
            "from": "Moot" if prompt_folder(prompt.name, own) != own else str(own),
        }
        for prompt in load_prompts(own).values()
    ]
    show({"prompts": rows}, as_json, _table)


@prompts.command()
@common
def check() -> None:
    """Check every prompt: settings, variables, form."""
    found = load_prompts(choices().load().llm.prompts)
    written(f"All {len(found)} prompts can be used.")


@prompts.command(short_help="Print a prompt as it would be sent.")
@click.argument("name", type=click.Choice(sorted(VARIABLES)))
@click.argument("topic")
@common
def render(name: str, topic: str) -> None:
    """Print the prompt NAME as it would be sent for TOPIC, without sending it."""
    config = choices().load()
    prompt = load_prompts(config.llm.prompts)[name]

    async def work(partner: DiscussionPartner) -> Mapping[str, str]:
        kept = await named.topic(partner, topic)
        return await preview(await partner.discussion(kept.id), name)

    show(visible(_filled(prompt, run(work))), False, Text)


def _filled(prompt: Prompt, variables: Mapping[str, str]) -> str:
    turns = [turn for example in prompt.examples for turn in example]
    return "\n\n---\n\n".join((prompt.instructions, *turns, prompt.fill(variables)))


def _table(document: dict[str, list[dict[str, Any]]]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("name", "hash", "from", "purpose"):
        table.add_column(heading)
    for row in document["prompts"]:
        table.add_row(row["name"], row["hash"], row["from"], row["purpose"])
    return table
