"""The direction in which a question looks from today."""

from enum import Enum


class Looks(Enum):
    """Direction in which a day, month or quarter without a year is looked for."""

    BACK = "back"
    """The newest one that is not after today: questions about what happened."""
    AHEAD = "ahead"
    """The next one that is not over: questions about what will happen, and ends of rights."""
