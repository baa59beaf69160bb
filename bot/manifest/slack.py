"""Slack's app manifest, for Socket Mode and for HTTP, within Slack's limits."""

from bot.slack.naming import REGISTERED
from handlers.messages.speaker import DEFAULT, speaker
from handlers.registry import COMMANDS

EVERYTHING = "seatwise"

SCOPES = {
    "commands": "to receive slash commands",
    "chat:write": "to tell somebody, in a direct message, that their right was changed",
    "im:write": "to open that direct message",
    "users:read": "to look up who a mention is (real name, bot, guest, gone), language and zone",
    "files:write": "to upload a chart without sharing it with a channel",
    "files:read": "to see when an uploaded chart may be shown",
}
"""What the bot asks for, each with its reason."""


def slack_manifest(prefix: str, public_url: str) -> dict[str, object]:
    """The manifest: HTTP requests go to `public_url`; without one it is Socket Mode's."""
    say, url = speaker(DEFAULT), f"{public_url}slack/events" if public_url else ""
    events = {"is_enabled": True} | ({"request_url": url} if url else {})
    return {
        "display_information": {
            "name": "Seatwise",
            "description": say("slack-description"),
            "long_description": say("slack-long-description"),
            "background_color": "#0f6157",
        },
        "features": {
            "bot_user": {"display_name": "Seatwise", "always_online": True},
            "slash_commands": _commands(prefix, url),
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "interactivity": events,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _commands(prefix: str, url: str) -> list[dict[str, object]]:
    """Mentions reach us as ids only where `should_escape` is set."""
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
    """Every scope and why, for the guide."""
    rows = [f"| `{scope}` | {reason} |" for scope, reason in SCOPES.items()]
    return "\n".join(["| scope | why |", "| --- | --- |", *rows])
