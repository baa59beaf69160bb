"""Channels of the stand-in for Slack: who is in them, what was posted there, and their history."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PAGE = 15
"""Messages of a history that an app outside the Marketplace is given at once."""


@dataclass(kw_only=True)
class Channels:
    """One workspace's. Whatever a person's id stands for is their own conversation with the bot."""

    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Channels as conversations.info gives them, their `members` besides."""
    posted: list[dict[str, Any]] = field(default_factory=list)
    """As each was sent, and the `ts` it was given."""
    whispered: list[dict[str, Any]] = field(default_factory=list)
    sent: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Files shown in a conversation: where, by what name, and what is in them."""
    upload_host: str = ""
    """Where uploads are to go instead of here."""
    refusals: list[str] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)
    """How many messages stand somewhere with the same mark in their metadata."""
    clock: Callable[[], float] = time.time

    def wrong(self, message: dict[str, Any]) -> str:
        """What Slack would not take of it."""
        raise NotImplementedError

    def may_read(self, channel: str) -> bool:
        """Whether the bot has the scope for its history."""
        raise NotImplementedError

    async def do_conversations_open(self, form: dict[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": f"D{form['users']}"}}

    async def do_chat_postMessage(self, form: dict[str, Any]) -> dict[str, Any]:
        assert form["unfurl_links"] is form["unfurl_media"] is form["link_names"] is False
        return self.shown(form, self.posted)

    async def do_chat_postEphemeral(self, form: dict[str, Any]) -> dict[str, Any]:
        return self.shown(form, self.whispered)

    async def do_chat_update(self, form: dict[str, Any]) -> dict[str, Any]:
        there = [m for m in self.posted if (m["channel"], m["ts"]) == (form["channel"], form["ts"])]
        if not there:
            return {"error": "message_not_found"}
        if self.wrong({name: form[name] for name in ("text", "blocks") if name in form}):
            return {"error": "invalid_blocks"}
        there[0] |= {"blocks": None, **form}
        return {"ts": form["ts"]}

    def shown(self, form: dict[str, Any], there: list[dict[str, Any]]) -> dict[str, Any]:
        """A message that the bot put somewhere itself; not where it is no member."""
        if form["channel"] not in self.channels and form["channel"][0] not in "DU":
            return {"error": "channel_not_found"}
        message = {name: form[name] for name in ("text", "blocks") if name in form}
        if wrong := self.wrong(message):
            self.refusals.append(wrong)
            return {"error": "invalid_blocks"}
        ts = f"{self.clock():.3f}{len(there) % 1000:03}"
        there.append({**form, "ts": ts})
        if mark := _mark(form):
            self.marks[mark] += 1
        return {"ts": ts, "channel": form["channel"]}

    async def do_conversations_history(self, form: dict[str, Any]) -> dict[str, Any]:
        """Of what the bot posted, the newest first; metadata where they are asked for."""
        channel = form["channel"]
        if channel not in self.channels and channel[0] != "D":
            return {"error": "channel_not_found"}
        if not self.may_read(channel):
            return {"error": "missing_scope"}
        assert form["inclusive"] == form["include_all_metadata"] == "true"
        oldest, latest = float(form["oldest"]), float(form["latest"])
        there = [m for m in self.posted if m["channel"] == channel]
        window = [m for m in reversed(there) if oldest <= float(m["ts"]) <= latest]
        start, most = int(form.get("cursor") or 0), min(int(form["limit"]), PAGE)
        after = str(start + most) if start + most < len(window) else ""
        page = window[start : start + most]
        return {"messages": page, "response_metadata": {"next_cursor": after}}

    async def do_conversations_info(self, form: dict[str, Any]) -> dict[str, Any]:
        found = self.channels.get(form["channel"])
        return {"channel": found} if found else {"error": "channel_not_found"}

    async def do_conversations_members(self, form: dict[str, Any]) -> dict[str, Any]:
        members = self.channels[form["channel"]]["members"]
        start, most = int(form.get("cursor") or 0), int(form["limit"])
        assert most <= 200
        after = str(start + most) if start + most < len(members) else ""
        page = members[start : start + most]
        return {"members": page, "response_metadata": {"next_cursor": after}}


def _mark(form: dict[str, Any]) -> str:
    payload = form.get("metadata", {}).get("event_payload", {})
    return str(payload.get("mark", ""))
