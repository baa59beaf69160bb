"""Judgement of what a whole fetch no longer lists: believed, or doubted until another agrees."""

from collections.abc import Sequence
from dataclasses import dataclass

FEW = 12
"""Standing rows below which a loss is believed at once, if the list's own count agrees."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One part as a whole fetch lists it, beside the rows of it that stand."""

    part: str
    standing: int
    listed: int
    ended: int
    """Standing rows that it does not list."""
    confirmed: int
    """Those of them that a whole fetch at least six hours ago did not list either."""
    agrees: bool
    """True if the source announced as many rows as came."""
    page: int = 0
    """Rows of its shortest page that another one followed; 0 if it came on one page."""

    @property
    def new_losses(self) -> int:
        """Rows that no longer stand for this fetch alone."""
        return self.ended - self.confirmed

    @property
    def is_gone(self) -> bool:
        """Check whether nothing of it is listed, and that for the first time."""
        return not self.listed and self.new_losses > 0

    @property
    def lacks_a_page(self) -> bool:
        """Check whether as many rows are gone as half a page has, and no count says that all came:
        then a page between others may be missing.
        """
        return not self.agrees and 0 < self.page <= 2 * self.new_losses


def doubtful_losses(losses: Sequence[Loss]) -> list[Loss]:
    """Return the losses not to be believed yet: of a list that ends more than a third of what
    stands, of each part that is suddenly empty, and of a part that may lack a page. The parts
    fetched together count together.
    """
    unsure = [loss for loss in losses if loss.new_losses > 0]
    standing = sum(loss.standing for loss in losses)
    third = 3 * sum(loss.new_losses for loss in unsure) > standing
    few = standing < FEW and all(loss.agrees for loss in unsure)
    return [loss for loss in unsure if not loss.listed or (third and not few) or loss.lacks_a_page]


def too_many_gone(groups: Sequence[Loss]) -> bool:
    """Check whether more than a third of a list's groups, such as its customers, are gone from it
    at once; of fewer than twelve, unless its own count agrees.
    """
    gone = [group for group in groups if group.is_gone]
    few = len(groups) < FEW and all(group.agrees for group in gone)
    return 3 * len(gone) > len(groups) and not few


def large_ones_gone(groups: Sequence[Loss]) -> list[Loss]:
    """Return the groups, such as products, that are gone from a list at once though they had many
    rows, or though the list's own count does not agree.
    """
    return [
        group for group in groups if group.is_gone and (group.standing >= FEW or not group.agrees)
    ]
