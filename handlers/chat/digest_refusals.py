"""Reasons why an order about a digest is not carried out; each is a Refusal."""

from handlers.chat.refusals import Refusal


class TooManyDigests(Refusal):
    """More digests than a partner may have."""

    sentence = "too-many-digests"


class TooManyOfGroup(Refusal):
    """A digest for each customer of a group that holds more of them than one order may be for."""

    sentence = "digest-each-many"


class DigestChanged(Refusal):
    """A digest is no longer as the card showed it, or not there any more."""

    sentence = "digest-changed"


class UnreadableWhen(Refusal):
    """A digest without an hour, or with one that cannot be read."""

    sentence = "unreadable-when"


class UnevenInterval(Refusal):
    """An interval of hours or minutes that does not divide a day, or an hour, evenly."""

    sentence = "uneven-interval"


class UnreadableCron(Refusal):
    """A cron expression that is invalid, never due, or due too often. `why` is the catalogue id."""

    sentence = "cron-often"

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = why


class UnknownZone(Refusal):
    """A time zone's name that does not exist."""

    sentence = "unknown-zone"


class NotRepeatable(Refusal):
    """A command that cannot be a digest."""

    sentence = "not-repeatable"


class UnknownDigest(Refusal):
    """The asker may touch no digest of that number: unknown and another person's get the same
    answer.
    """

    sentence = "unknown-digest"


class NotYours(Refusal):
    """An admin's wish to change a digest in a way that only its owner can."""

    sentence = "digest-not-yours"


class UnpickedRoom(Refusal):
    """A room that was typed instead of chosen: a typed name identifies no room."""

    sentence = "room-unpicked"


class NotInRoom(Refusal):
    """The asker is no member of the room they name, or it belongs to another partner or
    organisation.
    """

    sentence = "room-not-yours"


class RoomOnly(Refusal):
    """No room was named where one is needed, or only a private conversation."""

    sentence = "room-none"


class AloneOnly(Refusal):
    """A digest for a room whose answer is for its asker alone and never shown to a room."""

    sentence = "digest-alone"


class NoRoomFor(Refusal):
    """A room in which nothing may be shown. `why` is the audience guard's catalogue id."""

    sentence = "room-shared"

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = why


class NotForEach(Refusal):
    """A command that names no customer, asked for each of several customers; or several questions
    in the change of one digest.
    """

    sentence = "not-for-each"
