"""Places where the answer to a payload of Slack can go."""

from bot.slack.answering import AnswerRoutes, Route
from bot.slack.api import SlackApi
from bot.slack.inbound import Payload, answer_url, is_kept
from bot.slack.targets import Posted, ResponseUrl, Spot, Whispered
from handlers.chat.asking import Room, RoomKind, UserRef


def ways_of_command(api: SlackApi, payload: Payload, who: UserRef, room: Room) -> AnswerRoutes:
    """Routes for a command's answer: to the asker alone at the address that Slack gives with the
    command, valid for half an hour and five uses; where that fails, in a direct message that says
    why.
    """
    address = ResponseUrl(answer_url(payload), api.session)
    direct, there = Posted(Spot(api, who.id)), Spot(api, who.id, room.address, room.thread)
    return AnswerRoutes(
        (Route(address), Route(direct, "answer-here")), Posted(there), direct, address
    )


def ways_of_press(api: SlackApi, payload: Payload, who: UserRef, room: Room) -> AnswerRoutes:
    """Routes for a button's answer: those of a command's. In a private conversation, below a
    message that stays, and for our own pages, the answer is a message that stays too.
    """
    private = room.kind is RoomKind.PRIVATE
    if private and (not room.address or is_kept(payload)):
        return ways_of_words(api, who, room)
    return ways_of_command(api, payload, who, room)


def ways_of_words(
    api: SlackApi, who: UserRef, room: Room, *, threaded: bool = True
) -> AnswerRoutes:
    """Routes for the answer to a mention or a direct message: there, in its thread. In front of
    others, an answer to the asker alone is seen only by them, until Slack is reloaded; it stands in
    a thread only where there is one already, because Slack does not show it otherwise.
    """
    posted = Posted(Spot(api, who.id, room.address, room.thread))
    whispered = Whispered(Spot(api, who.id, room.address, room.thread if threaded else ""))
    if room.kind is RoomKind.PRIVATE:
        return AnswerRoutes((Route(posted), Route(whispered)), posted, posted, whispered)
    direct = Posted(Spot(api, who.id))
    return AnswerRoutes((Route(whispered), Route(direct, "answer-here")), posted, direct, whispered)
