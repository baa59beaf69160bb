"""Activities as Teams sends them: recorded shapes, with the people and rooms of the tests."""

import itertools
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from bot.teams.inbound import IncomingQuestion, message_question
from handlers.input.command_line import CommandLine, read_command

PAYLOADS = Path(__file__).with_name("payloads")
TENANT = "7d5e2c7b-0b6f-4c5b-9a43-1f2f1b5a9c01"
ELSEWHERE = "0f0f0f0f-1111-4222-8333-444444444444"
BOT = "28:5a1c6f0e-90d3-4d0e-8f6b-3a2a7b1c9d10"
SERVICE = "https://smba.trafficmanager.net/emea/"
IDS = {
    "ada": "a1a1a1a1-0000-4000-8000-000000000001",
    "ben": "b2b2b2b2-0000-4000-8000-000000000002",
    "cleo": "c3c3c3c3-0000-4000-8000-000000000003",
    "gus": "d4d4d4d4-0000-4000-8000-000000000004",
    "sam": "e5e5e5e5-0000-4000-8000-000000000005",
}
GROUP = "19:group@thread.v2"
CHANNEL = "19:general@thread.tacv2"
_NUMBERS = itertools.count(1_700_000_000_000)

COMMANDS = {"usage", "grant-analytics"}

Activity = dict[str, Any]


def payload(name: str) -> Activity:
    """A recorded activity."""
    found: Activity = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return found


def account(who: str) -> str:
    """How Teams addresses somebody."""
    return f"29:{who}"


def own_chat(who: str) -> str:
    """Somebody's chat with the bot."""
    return f"a:29:{who}"


def spoken(who: str, text: str, room: str = "personal", **more: Any) -> Activity:
    """A message; in a group or channel the bot has to be mentioned in `text` by `at()`."""
    activity = payload(f"message_{room}")
    if room == "personal":
        activity["conversation"]["id"] = own_chat(who)
    name = f"{next(_NUMBERS)}"
    return _from(who, {**activity, "id": name, "text": text, **more})


def at(*named: str) -> list[dict[str, Any]]:
    """Entities that mention the bot, as `<at>Seatwise</at>`, or people, as `<at>ben</at>`."""
    return [
        {
            "type": "mention",
            "text": f"<at>{'Seatwise' if who == 'bot' else who}</at>",
            "mentioned": {"id": BOT if who == "bot" else account(who), "name": who},
        }
        for who in named
    ]


def pressing(who: str, action: Activity, message: str, room: str = "personal") -> Activity:
    """The press of a button, as an invoke."""
    activity = payload("press")
    activity["conversation"] = deepcopy(payload(f"message_{room}")["conversation"])
    if room == "personal":
        activity["conversation"]["id"] = own_chat(who)
    value = {"action": {"type": "Action.Execute", **action}, "trigger": "manual"}
    return _from(who, {**activity, "replyToId": message, "value": value})


def _from(who: str, activity: Activity) -> Activity:
    sender = {"id": account(who), "name": who.title(), "aadObjectId": IDS[who]}
    return {**activity, "from": sender}


def said(activity: Activity) -> IncomingQuestion:
    """The question of a message that is one."""
    found = message_question(activity, "a1")
    assert found is not None
    return found


def read(activity: Activity) -> CommandLine | None:
    """The command that a message begins with."""
    return read_command(said(activity).ask.text, COMMANDS)
