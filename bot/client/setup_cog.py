"""`/moot`: for hosts. What is kept and for how long, who may choose it, and what there is."""

from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import Range
from discord.ext import commands

from bot.archive import GuildSettings, KeptTopic, SpentBy
from bot.client import texts
from bot.client.announcing import announce
from bot.client.answering import answer
from bot.client.app import MootBot
from bot.client.presses import on_choice, on_press
from bot.client.reach import Asked, bot_of, member_of
from bot.client.reading import readable
from bot.client.views.contest import contests_card
from bot.client.views.ids import Act
from bot.client.views.layout import Layout, notice
from bot.client.views.setup import kept_for, setup_card, status_card, sure_to_retain
from bot.client.views.spending import Spending
from bot.client.views.words import number
from bot.core.budget import Period
from bot.core.errors import MootError, NotFound
from bot.partner import Progress

MOST_DAYS = 3650


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
            topics = await _topics(interaction)
            ids = {topic.id for topic in topics}
            spent = await bot.partner.spent([SpentBy.TOPIC])
            ours_spent = [each for each in spent if each.topic_id in ids]
            days = bot.config.discord.reread_days
            return status_card(
                settings,
                topics,
                bot.config.llm.name,
                ours_spent,
                await _spending(interaction),
                days,
                await bot.partner.unerased_for(),
            )

        await answer(interaction, work)

    @app_commands.command(name="retention", description=texts.MOOT_RETENTION)
    @app_commands.describe(days=texts.OF_DAYS)
    async def retention(
        self, interaction: Asked, days: Range[int, 1, MOST_DAYS] | None = None
    ) -> None:
        """Keeps messages until they are deleted; or asks once more whether older ones may go."""

        async def work(progress: Progress) -> Layout:
            settings = await _settings(interaction)
            if days is None:
                return await _keep_for(interaction, settings, None)
            partner, server = bot_of(interaction).partner, str(interaction.guild_id)
            return sure_to_retain(days, await partner.count_older(days, server))

        await answer(interaction, work)

    @app_commands.command(name="contested", description=texts.MOOT_CONTESTED)
    async def contested(self, interaction: Asked) -> None:
        """Words by which people say that they were misstated, in topics that the host may read."""

        async def work(progress: Progress) -> Layout:
            await _settings(interaction)
            contests = await bot_of(interaction).partner.contests()
            told = {each.topic_id for each in contests}
            topics = [each for each in await _topics(interaction) if each.id in told]
            here = {each.id for each in topics}
            open_ = {each.id for each in await readable(member_of(interaction), topics)}
            shown = [each for each in contests if each.topic_id in open_]
            hidden = sum(each.topic_id in here for each in contests) - len(shown)
            return contests_card(shown, hidden)

        await answer(interaction, work)


async def _retain(interaction: Asked, days: int) -> None:
    async def work(progress: Progress) -> Layout:
        if not 1 <= days <= MOST_DAYS:
            raise NotFound("This is none of Moot's buttons: use the command again.")
        return await _keep_for(interaction, await _settings(interaction), days)

    await answer(interaction, work)


async def _keep_for(interaction: Asked, settings: GuildSettings, days: int | None) -> Layout:
    """Keeps the choice, and erases at once what is too old by it."""
    partner = bot_of(interaction).partner
    await partner.keep_settings(str(interaction.guild_id), replace(settings, keep_days=days))
    gone = await partner.sweep()
    erased = f" {number(gone, 'message')} erased." if gone else ""
    return notice(f"Messages are kept {kept_for(days)}.{erased}")


async def _topics(interaction: Asked) -> list[KeptTopic]:
    """The server's topics."""
    ours = f"https://discord.com/channels/{interaction.guild_id}/"
    topics = await bot_of(interaction).partner.topics()
    return [each for each in topics if (each.topic.url or "").startswith(ours)]


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
    if not bot.config.llm.name:
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
        on_choice(Act.CHANNELS, _choose_channels),
        on_choice(Act.HOSTS, _choose_hosts),
        on_press(Act.RETAIN, 1, _retain),
    )
