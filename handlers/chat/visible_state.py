"""What people decided about a partner's figures, lent to one request."""

from typing import Protocol

from handlers.chat.decisions import VisibleDecisions
from handlers.chat.ignored_products import VisibleIgnored


class VisibleState(Protocol):
    """The decisions that one reader may know and change: handlers.state_of_reader.StateOfReader."""

    @property
    def ignored_products(self) -> VisibleIgnored:
        """Products that totals leave out."""
        ...

    @property
    def decisions(self) -> VisibleDecisions:
        """Decisions about subscriptions' terms."""
        ...
