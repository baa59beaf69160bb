"""Teams' app package: the manifest, its French words and its icons, within Teams' limits."""

from bot.manifest.formats import json_text
from bot.manifest.icons import GROUND, color_icon, outline_icon
from handlers.messages.speaker import DEFAULT, LOCALES, Speaker, speaker
from handlers.registry import RANKED

SCHEMA = "1.29"
"""The first schema with slash commands of bots."""

NO_APP = "00000000-0000-0000-0000-000000000000"
"""Placeholder for the bot's app id."""

PERMISSIONS = {
    "identity": "to know who asks: their Entra object id and tenant, never their password",
    "messageTeamMembers": "to answer in private, and to tell somebody that their right was changed",
}
"""Permissions that the app requests, each with its reason."""

_VERSION = "1.1.0"
_SCHEMAS = f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/"
_PRIVATE, _SHARED = ["personal"], ["team", "groupChat"]
_LISTED = 9
"""Commands in a list. Teams shows twelve entries: beside these three sentences to begin with."""


def teams_package(app_id: str, public_url: str) -> dict[str, bytes]:
    """Return the package's files by name: the manifest first, one for each language but English."""
    others = {f"{tag}.json": _localisation(tag) for tag in LOCALES if tag != DEFAULT}
    texts = {"manifest.json": teams_manifest(app_id, public_url), **others}
    return {
        **{name: json_text(content).encode() for name, content in texts.items()},
        "color.png": color_icon(),
        "outline.png": outline_icon(),
    }


def teams_manifest(app_id: str, public_url: str) -> dict[str, object]:
    """Return the manifest. `public_url` ends in a slash; its three pages are the operator's."""
    say = speaker(DEFAULT)
    tags = [tag for tag in LOCALES if tag != DEFAULT]
    return {
        "$schema": f"{_SCHEMAS}MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": _VERSION,
        "id": app_id,
        "developer": {
            "name": "Seatwise",
            "websiteUrl": public_url,
            "privacyUrl": f"{public_url}privacy",
            "termsOfUseUrl": f"{public_url}terms",
        },
        "name": {"short": "Seatwise", "full": "Seatwise"},
        "description": {"short": say("slack-description"), "full": say("slack-long-description")},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": GROUND,
        "localizationInfo": {
            "defaultLanguageTag": DEFAULT,
            "additionalLanguages": [{"languageTag": tag, "file": f"{tag}.json"} for tag in tags],
        },
        "bots": [_bot(app_id, say)],
        "permissions": list(PERMISSIONS),
        "defaultInstallScope": "personal",
    }


def _bot(app_id: str, say: Speaker) -> dict[str, object]:
    return {
        "botId": app_id,
        "scopes": [*_PRIVATE, *_SHARED],
        "isNotificationOnly": False,
        "supportsFiles": True,
        "supportsTargetedMessages": True,
        "commandLists": [
            {"triggers": ["slash", "mention"], "scopes": scopes, "commands": commands}
            for scopes, commands in _command_lists(say)
        ],
    }


def _command_lists(say: Speaker) -> list[tuple[list[str], list[dict[str, str]]]]:
    """Return the command lists by scope. Teams sends a title back as shown, so commands have the
    same names in every language.
    """
    commands = [
        {"title": c.name, "description": say(f"{c.words}-summary")} for c in RANKED[:_LISTED]
    ]
    starters = [
        {"title": say(c.shown.starter), "type": "prompt", "prompt": c.name}
        for c in RANKED
        if c.shown.starter
    ]
    return [(_PRIVATE, [*commands, *starters]), (_SHARED, commands)]


def _localisation(tag: str) -> dict[str, str]:
    say = speaker(tag)
    return {
        "$schema": f"{_SCHEMAS}MicrosoftTeams.Localization.schema.json",
        "name.short": "Seatwise",
        "name.full": "Seatwise",
        "description.short": say("slack-description"),
        "description.full": say("slack-long-description"),
        **{
            f"bots[0].commandLists[{which}].commands[{at}].{key}": text
            for which, (_, commands) in enumerate(_command_lists(say))
            for at, command in enumerate(commands)
            for key, text in command.items()
            if key in ("title", "description")
        },
    }


def permissions_table() -> str:
    """Return the table of every permission and its reason, for the guide."""
    rows = [f"| `{name}` | {reason} |" for name, reason in PERMISSIONS.items()]
    return "\n".join(["| permission | why |", "| --- | --- |", *rows])
