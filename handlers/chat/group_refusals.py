"""Reasons why a group of customers is not found, shown or changed; each is a Refusal."""

from handlers.chat.refusals import Refusal


class UnknownGroup(Refusal):
    """No group of that name that the asker may know: unknown and hidden get the same answer."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        """Hold the name as typed, or the number behind `#` that a button has, and the groups called
        nearly so.
        """
        super().__init__(name=name, near=", ".join(near))
        known = "unknown-group-near" if near else "unknown-group"
        self.sentence = "group-gone" if name.startswith("#") else known


class EmptyGroup(Refusal):
    """A group without a customer whom the asker may see; it never means all customers."""

    sentence = "group-empty"


class NotOfGroup(Refusal):
    """Words beside a group that name no customer, product or workload of it."""

    sentence = "group-has-none"


class SeveralGroups(Refusal):
    """A scope and a list of one's own under one name; `offers` are the catalogue id of each one's
    label, and its words.
    """

    sentence = "several-groups"

    def __init__(self, name: str, offers: tuple[tuple[str, str], ...]) -> None:
        super().__init__(name=name)
        self.offers = offers


class GroupMisplaced(Refusal):
    """A group where it cannot stand: `beside-customer`, `twice`, `unnamed` for no name, or
    `is-list` for a list of one's own in a right.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = f"group-{kind}"


class BadGroupName(Refusal):
    """A name that no group can have: `signs`, `long`, `word` (it means all or none), `taken` or
    `customer`.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = f"group-name-{kind}"


class GroupOrderUnread(Refusal):
    """An order about a group that lacks its customers, or says something else: `customers`,
    `order`, or `not-in` for a customer to be removed who is not in it.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = f"group-order-{kind}"


class TooManyGroups(Refusal):
    """More scopes than a partner may have, or lists than one reader may."""

    sentence = "too-many-groups"


class GroupsChanged(Refusal):
    """A group is no longer as the card showed it, or not there any more."""

    sentence = "groups-changed"
