"""`/moot`: for hosts. Which channels are kept, who may choose them, and what there is."""

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.archive import GuildSettings, SpentBy
from bot.client import texts
from bot.client.announcing import announce
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.presses import on_choice
from bot.client.reach import Asked, bot_of, member_of
from bot.client.views.ids import Act
from bot.client.views.layout import Layout, notice
from bot.client.views.setup import setup_card, status_card
from bot.client.views.spending import Spending
from bot.client.views.words import number
from bot.core.budget import Period
from bot.core.errors import MootError
from bot.partner import Progress


class NotAHost(MootError):
    """Somebody who may not change what is kept."""


@app_commands.default_permissions(manage_guild=True)
class SetupCog(commands.GroupCog, group_name="moot", group_description=texts.MOOT):
    """What a host sees and chooses."""

    @app_commands.command(name="setup", description=texts.MOOT_SETUP)
    async def setup(self, interaction: Asked) -> None:
        """Menus with what is chosen now."""

        async def work(progress: Progress) -> Layout:
            settings = await _settings(interaction)
            return setup_card(_present(settings, member_of(interaction).guild))

        await answer(interaction, work)

    @app_commands.command(name="status", description=texts.MOOT_STATUS)
    async def status(self, interaction: Asked) -> None:
        """Channels, hosts, model, and how much is kept."""

        async def work(progress: Progress) -> Layout:
            bot, settings = bot_of(interaction), await _settings(interaction)
            ours = f"https://discord.com/channels/{interaction.guild_id}/"
            topics = [t for t in await bot.partner.topics() if (t.topic.url or "").startswith(ours)]
            ids = {topic.id for topic in topics}
            spent = await bot.partner.spent([SpentBy.TOPIC])
            ours_spent = [each for each in spent if each.topic_id in ids]
            days = bot.config.discord.reread_days
            return status_card(
                settings,
                topics,
                bot.config.llm.model,
                ours_spent,
                await _spending(interaction),
                days,
            )

        await answer(interaction, work)


async def _choose_channels(interaction: Asked, chosen: frozenset[str]) -> None:
    async def work(progress: Progress) -> Layout:
        bot, guild, settings = (
            bot_of(interaction),
            member_of(interaction).guild,
            await _settings(interaction),
        )
        told, failed = await announce(guild, chosen - settings.announced)
        kept = replace(settings, channels=chosen, announced=settings.announced | told)
        await bot.partner.keep_settings(str(guild.id), kept)
        bot.dispatch("channels_chosen")
        return notice("\n".join((f"Topics of {number(len(chosen), 'channel')} are kept.", *failed)))

    await answer(interaction, work)


async def _choose_hosts(interaction: Asked, chosen: frozenset[str]) -> None:
    async def work(progress: Progress) -> Layout:
        settings = replace(await _settings(interaction), host_roles=chosen)
        await bot_of(interaction).partner.keep_settings(str(interaction.guild_id), settings)
        return notice(f"{number(len(chosen), 'role')} may change what Moot keeps here.")

    await answer(interaction, work)


async def _spending(interaction: Asked) -> Spending | None:
    """What the server has spent of its budgets; None where there is no model to spend it on."""
    bot, server = bot_of(interaction), str(interaction.guild_id)
    if not bot.config.llm.model:
        return None
    return Spending(
        budget=bot.partner.budget,
        used={period: await bot.partner.used(server, period) for period in Period},
        by_person=await bot.partner.spent([SpentBy.PERSON], server),
        by_purpose=await bot.partner.spent([SpentBy.PURPOSE], server),
    )


def _present(settings: GuildSettings, guild: discord.Guild) -> GuildSettings:
    """Without channels and roles that were deleted: Discord refuses a menu that names one."""
    return replace(
        settings,
        channels=frozenset(id_ for id_ in settings.channels if guild.get_channel(int(id_))),
        host_roles=frozenset(id_ for id_ in settings.host_roles if guild.get_role(int(id_))),
    )


async def _settings(interaction: Asked) -> GuildSettings:
    """The server's settings, for a host. Raises NotAHost, whatever the menu's message was."""
    member = member_of(interaction)
    settings = await bot_of(interaction).partner.settings(str(member.guild.id))
    has_role = any(str(role.id) in settings.host_roles for role in member.roles)
    if not (member.guild_permissions.manage_guild or has_role):
        raise NotAHost("Only who manages this server, or has a host role, may do that.")
    return settings


async def setup(bot: MootBot) -> None:
    """Adds the commands and what the menus do."""
    await bot.add_cog(SetupCog())
    bot.add_dynamic_items(
        on_choice(Act.CHANNELS, _choose_channels), on_choice(Act.HOSTS, _choose_hosts)
    )
