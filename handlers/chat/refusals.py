"""Why a question gets no figures. Each refusal is an id of the catalogue and its values, never a
sentence.
"""

from collections.abc import Sequence

from analytics.values import Customer, Unknown


class Refusal(Exception):
    """Something the asker can understand and mend. `sentence` is a catalogue id."""

    sentence = "broken"

    def __init__(self, **values: object) -> None:
        super().__init__(self.sentence)
        self.values = values


class NotAllowed(Refusal):
    """The asker lacks the right. Says nothing of what exists."""

    sentence = "not-allowed"


class NotAMember(Refusal):
    """The asker holds a right, and their account is no member's any more."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.sentence = f"asker-{kind}"


class Unconfirmed(Refusal):
    """Their platform did not say lately enough that the asker is a member. `what` is whose or what
    it would have been for: `asker`, `grant`, `digest`.
    """

    def __init__(self, what: str) -> None:
        super().__init__()
        self.sentence = f"{what}-unconfirmed"


class NoData(Refusal):
    """Nothing was imported or fetched yet."""

    sentence = "no-data"


class NoDataByApi(NoData):
    """The same, where Partner Center's API is not offered to the partner."""

    sentence = "no-data-by-api"


class UnknownCustomer(Refusal):
    """No customer of that name that the asker may see: unknown and forbidden are one answer."""

    sentence = "unknown-customer"


class UnknownTopic(Refusal):
    """The customer is known; the product or workload is not among theirs."""

    sentence = "unknown-topic"


class UnsureTopic(Refusal):
    """The customer is known; whether the product or workload is theirs is not."""

    sentence = "unsure-topic"

    def __init__(self, unknown: Sequence[Unknown], **values: object) -> None:
        super().__init__(**values)
        self.unknown = unknown


class UnreadablePeriod(Refusal):
    """A period that was meant as one and is none."""

    sentence = "unreadable-period"


class SeveralCustomers(Refusal):
    """More than one customer fits; the asker chooses.

    `rest` is what was said behind the name, `more` how many further customers fit.
    """

    sentence = "several-customers"

    def __init__(self, name: str, rest: str, customers: tuple[Customer, ...], more: int) -> None:
        super().__init__(name=name)
        self.rest = rest
        self.customers = customers
        self.more = more


class SeveralPeople(Refusal):
    """More than one person was mentioned where one is meant."""

    sentence = "several-people"


class UnknownRole(Refusal):
    """A role that is none of the three."""

    sentence = "unknown-role"


class UnreadableEnd(Refusal):
    """An end that is no day."""

    sentence = "unreadable-end"


class PastEnd(Refusal):
    """A right that would have ended already."""

    sentence = "past-end"


class RightsChanged(Refusal):
    """The rights on a card are no longer those that are held."""

    sentence = "card-stale"


class LastAdmin(Refusal):
    """Without this person there would be no partner admin."""

    sentence = "last-admin"


class AdminBySettings(Refusal):
    """A partner admin whom the settings name; chat cannot change that."""

    sentence = "admin-by-settings"


class Yourself(Refusal):
    """One's own right cannot be changed by oneself."""

    sentence = "grant-yourself"


class ScopedAdmin(Refusal):
    """A partner admin for some customers: there is no such role."""

    sentence = "scoped-admin"


class NoSuchPerson(Refusal):
    """An account that cannot be given rights: unknown, a bot, a guest, a stranger, gone, or one of
    which its platform does not say just now what it is.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = f"person-{kind}"


class TooManyDigests(Refusal):
    """More digests than a partner may have."""

    sentence = "too-many-digests"


class DigestChanged(Refusal):
    """A digest is no longer as the card showed it, or not there any more."""

    sentence = "digest-changed"


class UnreadableWhen(Refusal):
    """A digest without an hour, or with one that cannot be read."""

    sentence = "unreadable-when"


class UnevenInterval(Refusal):
    """Every so many hours or minutes that a day, or an hour, does not divide into."""

    sentence = "uneven-interval"


class UnreadableCron(Refusal):
    """An expression that is none, or never due, or due too often. `why` is the sentence's id."""

    sentence = "cron-often"

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = why


class UnknownZone(Refusal):
    """No time zone of that name."""

    sentence = "unknown-zone"


class NotRepeatable(Refusal):
    """A command that cannot be a digest."""

    sentence = "not-repeatable"


class UnknownDigest(Refusal):
    """No digest of that number that the asker may touch: unknown and somebody else's are one
    answer.
    """

    sentence = "unknown-digest"


class NotYours(Refusal):
    """An admin wants to change what only a digest's owner can."""

    sentence = "digest-not-yours"


class UnpickedRoom(Refusal):
    """A room that was typed instead of chosen: its name is nobody's identity."""

    sentence = "room-unpicked"


class NotInRoom(Refusal):
    """The asker is no member of the room they name."""

    sentence = "room-not-yours"


class RoomOnly(Refusal):
    """A room was to be named, and none is there."""

    sentence = "room-none"


class AloneOnly(Refusal):
    """An answer that is never shown to a room."""

    sentence = "digest-alone"


class NoRoomFor(Refusal):
    """A room that nothing may be shown in. `why` is the guard's own sentence."""

    sentence = "room-shared"

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = why


class NotForEach(Refusal):
    """A command that names no customer, asked for each of several."""

    sentence = "not-for-each"
