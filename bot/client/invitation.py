"""The link by which a host lets Moot into a server: with what it needs there and nothing more.

It is not asked for Manage Messages or Administrator: Moot deletes nothing but its own messages.
"""

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True,
    read_message_history=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    manage_threads=True,
)
"""To read what is kept; to post cards, replies and topics for people; to close their topics."""


def invitation(application: int) -> str:
    """The address at which a host chooses the server."""
    return discord.utils.oauth_url(
        application, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )
