"""A room with people in it, on the page's platform, which has none of its own."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from analytics.values import OWN
from bot.cli.terminal_text import reply_text
from bot.delivery import Delivered, Delivery
from bot.page.people import person
from bot.wiring import Installation
from handlers.chat.accounts import Account, AccountKind, Recency
from handlers.chat.asking import Ask, Reach, Room, RoomKind, UserRef
from handlers.chat.audience import Crowd
from handlers.chat.reply import Choices, Details, Headline, Part, Reply, every_choice

BOT = UserRef("page", "demo", "a-bot")


def ref(key: str) -> UserRef:
    """One of the made-up people; anybody else is somebody without a name."""
    return person(key).ref if key in ("ada", "ben", "cleo") else UserRef("page", "demo", key)


@dataclass
class Gathering:
    """Who is in the room now, and how the platform answers when it is asked."""

    kind: RoomKind = RoomKind.GROUP
    members: Sequence[str] | None = ("ada", "cleo")
    why: str = ""
    broken: bool = False
    asked: list[bool] = field(default_factory=list)
    """Whether each look at the room had to be fresh."""
    kinds: dict[str, AccountKind] = field(default_factory=dict)
    """What somebody is by now, by their key; a member where nothing is said."""
    said: dict[str, Recency] = field(default_factory=dict)
    """How lately the platform said so; as of now where nothing is said."""
    slow: Collection[str] = ()
    """Those whom the platform describes in time only where that has to be sure."""

    async def crowd(self, ask: Ask, *, fresh: bool) -> Crowd:
        self.asked.append(fresh)
        if self.broken:
            raise TimeoutError
        members = None if self.members is None else tuple(map(ref, self.members))
        return Crowd("#licences", self.kind, members, self.why)

    def display_name(self, who: UserRef) -> str:
        return who.id.capitalize()

    def known_account(self, who: UserRef) -> Account:
        kind = AccountKind.BOT if who == BOT else self.kinds.get(who.id, AccountKind.MEMBER)
        said = self.said.get(who.id, Recency.NOW)
        return Account(who, self.display_name(who), None if said is Recency.NEVER else kind, said)

    async def account(
        self, who: UserRef, *, sure: bool = False, room: Room | None = None
    ) -> Account:
        found = self.known_account(who)
        return replace(found, said=Recency.LATELY) if who.id in self.slow and not sure else found


@dataclass
class Talk:
    """What people ask in the room, and what they press there."""

    delivery: Delivery
    count: int = 0

    async def asks(
        self, who: str, text: str, reach: Reach = Reach.ALOUD, lang: str = "en"
    ) -> Delivered:
        return await self.delivery.ask(replace(self._ask(who, text, reach), locale=lang))

    async def presses(
        self, who: str, before: Delivered, label: str, address: str = "a room", lang: str = "en"
    ) -> Delivered:
        buttons = {choice.label: button for choice, button in before.buttons.items()}
        ask = replace(self._ask(who, "", address=address), locale=lang)
        return await self.delivery.press(buttons[label], ask)

    async def writes(
        self, who: str, before: Delivered, said: str, label: str = "Send"
    ) -> Delivered:
        """Writes into the field above a button, and presses it."""
        buttons = {choice.label: button for choice, button in before.buttons.items()}
        return await self.delivery.press(buttons[label], replace(self._ask(who, ""), said=said))

    def _ask(self, who: str, text: str, reach: Reach = Reach.ASKER, address: str = "a room") -> Ask:
        self.count += 1
        room = Room(address, RoomKind.GROUP, OWN)
        return Ask(f"r{self.count}", ref(who), room, text, "en", "UTC", reach=reach)


def gathered(installation: Installation, gathering: Gathering) -> Talk:
    """The installation, its people in that room."""
    installation.people.platforms["page"] = gathering
    return Talk(installation.delivery)


def labels(delivered: Delivered) -> list[str]:
    """What the buttons say under the answer's last line that is for buttons."""
    found = [part for part in delivered.reply.parts if isinstance(part, Choices) and part.prompt]
    return [choice.label for choice in found[-1].items] if found else []


def for_readers(delivered: Delivered) -> dict[str, bool]:
    """Every button of the answer, folded ones too, and whether any reader may press it."""
    return {choice.label: choice.by_reader for choice in every_choice(delivered.reply.parts)}


def finding(delivered: Delivered) -> str:
    """The answer's headline; empty where it tells no figures."""
    return next((part.text for part in delivered.reply.parts if isinstance(part, Headline)), "")


def words(delivered: Delivered) -> str:
    """The whole answer, as a terminal prints it, and all that it folds."""
    return reply_text(Reply(tuple(_unfolded(delivered.reply.parts))))


def _unfolded(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        if isinstance(part, Details):
            yield from _unfolded(part.parts)
