"""Reasons why a decision is not kept or not undone; each is a Refusal."""

from handlers.chat.decisions import Decision
from handlers.chat.refusals import Refusal


class AlreadyDecided(Refusal):
    """Another decision about the term stands, made meanwhile or before; nothing was saved."""

    sentence = "decision-stands"

    def __init__(self, standing: Decision) -> None:
        super().__init__()
        self.standing = standing
        """The decision that stands."""


class DecisionGone(Refusal):
    """That decision does not stand any more, or is none that the asker may see."""

    sentence = "decision-gone"


class NotOwnDecision(Refusal):
    """Another person made the decision, and the asker is no partner admin."""

    sentence = "decision-not-yours"


class NotDecided(Refusal):
    """An order to decide that lacks something: `changed` (the term is not as the button knew it),
    `bad-day`, `past-day`, `late-day`, `long-why`, `no-why` or `unread`.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(**values)
        self.sentence = f"decision-{kind}"
