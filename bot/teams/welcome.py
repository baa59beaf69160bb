"""Conversations that the bot is added to and removed from: kept, forgotten, and greeted once."""

from cachetools import FIFOCache

from bot.delivery import ConversationReference
from bot.log import log_error
from bot.teams.cards import Element
from bot.teams.connector import BotConnector
from bot.teams.inbound import UnreadableActivity, asker, bare, locale, place
from bot.teams.outbound import examples, line
from bot.teams.people import TeamsPeople
from bot.teams.places import activity_room, where_of
from bot.teams.ports import ConnectorError, Conversations, Json
from handlers.messages.speaker import speaker
from handlers.registry import RANKED

QUIET = 100
"""Maximum people of a team or group that is greeted."""

EXAMPLES = tuple(f"/{command.name}" for command in RANKED if command.shown.greeted)
"""Commands that the greeting offers as buttons."""

_ROOM = 5_000


class Welcome:
    """The keeper of conversation references, and the sender of one greeting to an installation."""

    def __init__(
        self, connector: BotConnector, people: TeamsPeople, conversations: Conversations
    ) -> None:
        self._connector = connector
        self._people = people
        self._conversations = conversations
        self._kept: FIFOCache[tuple[str, str], ConversationReference] = FIFOCache(_ROOM)

    async def keep_reference(self, activity: Json) -> None:
        """Keep the reference to a conversation a person wrote in. Raises what the store raises."""
        found = reference(activity)
        if found is None or self._kept.get(_key(found)) == found:
            return
        await self._conversations.keep(found)
        self._kept[_key(found)] = found

    async def handle_change(self, activity: Json) -> None:
        """Handle an installation or a change of members: keep or forget references, greet, or note
        that members came or left. Raises what the store raises.
        """
        added, removed = _of_bot(activity)
        if activity.get("type") == "conversationUpdate" and not (added or removed):
            came_or_went = [
                *_members(activity, "membersAdded"),
                *_members(activity, "membersRemoved"),
            ]
            self._people.note_moves(place(activity).tenant, came_or_went)
            return
        found = reference(activity, of_team=True)
        if removed and found:
            for key in [key for key, kept in self._kept.items() if _same(kept, found)]:
                del self._kept[key]
            await self._conversations.drop("teams", found.tenant, found.installation)
        elif added and found and await self._conversations.welcome(found):
            await self._greet(found)

    async def _greet(self, found: ConversationReference) -> None:
        """Send the greeting that was decided on; one that does not arrive is not repeated."""
        try:
            if found.person:
                await self._connector.send(where_of(found), greeting(found.locale))
            elif await self._connector.members(where_of(found), QUIET) is not None:
                text = speaker(found.locale)("welcome-room")
                await self._connector.send(where_of(found), line(text))
        except ConnectorError as error:
            log_error("teams welcome not taken", error, platform="teams")


def greeting(locale_tag: str) -> Element:
    """The greeting of one person: what the bot does, and what to press."""
    say = speaker(locale_tag)
    return examples((say("welcome-alone"), say("welcome-rights")), say("help-try"), EXAMPLES)


def reference(activity: Json, *, of_team: bool = False) -> ConversationReference | None:
    """The reference with which to write to an activity's conversation again; None where the
    activity says too little. With `of_team`, the reference of the team where the conversation is a
    channel.
    """
    try:
        where = place(activity)
        alone = _inner(activity, "conversation").get("conversationType") == "personal"
        who = asker(activity).id if alone else ""
        account = str(_inner(activity, "from")["id"]) if alone else ""
    except (UnreadableActivity, KeyError):
        return None
    team = _inner(_inner(activity, "channelData"), "team").get("id")
    installation = team if isinstance(team, str) and team and not alone else bare(where.id)
    address = installation if of_team else bare(where.id)
    room = activity_room(activity)
    name, shared = ("", None) if alone or address != room.where.id else (room.name, room.shared)
    return ConversationReference(
        "teams", where.tenant, address, installation,
        where.service_url, where.bot, who, account, locale(activity), name, shared,
    )  # fmt: skip


def _of_bot(activity: Json) -> tuple[bool, bool]:
    """Two flags: the bot itself was added; it was removed. An upgrade is neither."""
    if activity.get("type") == "installationUpdate":
        return activity.get("action") == "add", activity.get("action") == "remove"
    bot = _inner(activity, "recipient").get("id")
    return bot in _ids(activity, "membersAdded"), bot in _ids(activity, "membersRemoved")


def _ids(activity: Json, name: str) -> list[object]:
    return [member.get("id") for member in _members(activity, name)]


def _members(activity: Json, name: str) -> list[Json]:
    members = activity.get(name)
    listed = members if isinstance(members, list) else []
    return [member for member in listed if isinstance(member, dict)]


def _key(found: ConversationReference) -> tuple[str, str]:
    return found.tenant, found.address


def _same(one: ConversationReference, other: ConversationReference) -> bool:
    return (one.tenant, one.installation) == (other.tenant, other.installation)


def _inner(thing: Json, name: str) -> Json:
    inner = thing.get(name)
    return inner if isinstance(inner, dict) else {}
