"""Scheduled messages: bot.scheduled_posts.Poster for the page."""

from datetime import datetime

from bot.delivery import Delivered
from bot.page.people import Mailbox, is_known
from bot.scheduled_posts import (
    Address,
    FoundPost,
    MayStillSend,
    Post,
    PostOutcome,
    Presence,
    Receipt,
    send_if_allowed,
)
from handlers.chat.asking import RoomKind


class PagePoster:
    """The poster for the page: leaves letters where their reader finds them with their next answer.
    The page has no rooms, and its letters do not outlive the program.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def post(self, letter: Post, go: MayStillSend) -> Receipt:
        """Leave a letter for its reader if `go` allows it; REFUSED for rooms and unknown people."""
        whose, room = letter.to.person, letter.to.room
        if room.kind is not RoomKind.PRIVATE or not is_known(whose):
            return Receipt(PostOutcome.REFUSED, "room-gone")

        async def leave_letter() -> Receipt:
            self._mailbox.put(whose, letter.mark, letter.delivered)
            return Receipt(PostOutcome.SENT, message=letter.mark)

        return await send_if_allowed(leave_letter, go, "page")

    async def replace(self, to: Address, message: str, delivered: Delivered) -> bool:
        """Leave another letter in the place of one that its reader has not taken yet."""
        return self._mailbox.replace(to.person, message, delivered)

    async def look(self, to: Address, mark: str, since: datetime) -> FoundPost:
        """Return ABSENT. A letter of which it is unknown whether it was left went with the program
        that left it; if it did not, the same letter left again replaces it.
        """
        return FoundPost(Presence.ABSENT)
