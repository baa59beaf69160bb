"""Rooms as their last activity described them."""

from dataclasses import dataclass, replace

from cachetools import FIFOCache

from bot.delivery import ConversationReference
from bot.teams.inbound import bare, place
from bot.teams.ports import Conversation, Json

_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class TeamsRoom:
    """A room: its conversation and name, and whether other organisations' people may be in it."""

    where: Conversation
    """The conversation, without a thread."""
    name: str
    shared: bool


class TeamsRooms:
    """Rooms that an activity came from since the program started; the oldest are forgotten."""

    def __init__(self) -> None:
        self._known: FIFOCache[tuple[str, str], TeamsRoom] = FIFOCache(_KEPT)

    def note(self, activity: Json) -> TeamsRoom:
        """Remember an activity's room. Raises UnreadableActivity where it does not tell the
        room.
        """
        found = activity_room(activity)
        key = (found.where.tenant, found.where.id)
        if before := self._known.get(key):
            # Not every activity has all fields; a room that was shared once counts as shared.
            shared, name = found.shared or before.shared, found.name or before.name
            found = replace(found, shared=shared, name=name)
        self._known[key] = found
        return found

    def of(self, tenant: str, address: str) -> TeamsRoom | None:
        """The room of an organisation, by its id without a thread; None for an unknown one."""
        return self._known.get((tenant, address))


def activity_room(activity: Json) -> TeamsRoom:
    """The room of an activity; raises UnreadableActivity where the activity does not tell it."""
    where = place(activity)
    channel = _inner(_inner(activity, "channelData"), "channel")
    kinds = {str(channel.get(word) or "").lower() for word in ("type", "membershipType")}
    called = channel.get("name") or _inner(activity, "conversation").get("name")
    name = called if isinstance(called, str) else ""
    return TeamsRoom(replace(where, id=bare(where.id)), name[:200], "shared" in kinds)


def where_of(kept: ConversationReference) -> Conversation:
    """The conversation of a stored reference, to send to."""
    return Conversation(kept.service_url, kept.address, kept.tenant, kept.bot)


def _inner(thing: Json, name: str) -> Json:
    inner = thing.get(name)
    return inner if isinstance(inner, dict) else {}
