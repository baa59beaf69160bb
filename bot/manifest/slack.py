"""Slack's app manifest, for Socket Mode and for HTTP, within Slack's limits."""

from bot.slack.command_names import REGISTERED
from handlers.messages.speaker import DEFAULT, speaker
from handlers.registry import COMMANDS

EVERYTHING = "seatwise"

SCOPES = {
    "commands": "to receive slash commands",
    "app_mentions:read": "to be asked by a mention, and to read those messages alone",
    "im:history": "to be asked in a direct message, and to look there for a digest; it opens no "
    "other conversation",
    "chat:write": "to answer mentions and direct messages, to share, and to tell somebody that "
    "their right was changed",
    "im:write": "to open a direct message",
    "channels:read": "to see who reads along in a channel before anything is shown there",
    "groups:read": "the same for private channels that the bot is a member of",
    "mpim:read": "the same for group messages",
    "channels:history": "to see whether a digest is there already before it is sent again, where "
    "an answer of Slack's was lost; nothing else is read",
    "groups:history": "the same in private channels that the bot is a member of",
    "mpim:history": "the same in group messages",
    "users:read": "to see who somebody is now (name, member, guest, bot, gone), language and zone",
    "files:write": "to upload a chart without sharing it with a channel, and to send a file to the "
    "direct message of the person who asked for it",
    "files:read": "to see when an uploaded chart may be shown; and, where that is switched on, to "
    "fetch a file that a partner admin sent in a direct message",
}
"""Scopes that the bot requests, each with its reason."""

EVENTS = (
    *("app_mention", "message.im", "app_home_opened"),
    *("member_joined_channel", "member_left_channel", "channel_shared", "channel_unshared"),
    "user_change",
)
"""Events that Slack reports to the bot: after those of the second line a channel's readers are
counted again, and the third line reports changed accounts.
"""


def slack_manifest(prefix: str, public_url: str) -> dict[str, object]:
    """Return the manifest: HTTP requests go to `public_url`; without one it is for Socket Mode."""
    say, url = speaker(DEFAULT), f"{public_url}slack/events" if public_url else ""
    address = {"request_url": url} if url else {}
    menus = {"message_menu_options_url": url} if url else {}
    return {
        "display_information": {
            "name": "Seatwise",
            "description": say("slack-description"),
            "long_description": say("slack-long-description"),
            "background_color": "#0f6157",
        },
        "features": {
            "bot_user": {"display_name": "Seatwise", "always_online": True},
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "shortcuts": [
                {
                    "name": say("form-open"),
                    "type": "global",
                    "callback_id": "grant-form",
                    "description": say("form-shortcut-about"),
                }
            ],
            "slash_commands": _commands(prefix, url),
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address, **menus},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _commands(prefix: str, url: str) -> list[dict[str, object]]:
    """Return the slash commands. With `should_escape`, mentions reach the bot as ids."""
    say, words = speaker(DEFAULT), {command.name: command.words for command in COMMANDS}
    told = [
        (name, say(f"{words[name]}-summary"), say(f"{words[name]}-usage").removeprefix(name))
        for name in REGISTERED
    ]
    told.append((EVERYTHING, say("slack-everything"), say("slack-everything-hint")))
    return [
        {
            "command": f"/{prefix}{name}",
            "description": summary,
            **({"usage_hint": hint.strip()} if hint.strip() else {}),
            "should_escape": True,
            **({"url": url} if url else {}),
        }
        for name, summary, hint in told
    ]


def scopes_table() -> str:
    """Return the table of every scope and its reason, for the guide."""
    rows = [f"| `{scope}` | {reason} |" for scope, reason in SCOPES.items()]
    return "\n".join(["| scope | why |", "| --- | --- |", *rows])
