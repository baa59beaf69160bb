"""What people decided about a partner's figures, as one reader may know and change it."""

from handlers.backend import Backend
from handlers.decisions_of_reader import DecisionsOfReader
from handlers.ignored_of_reader import IgnoredOfReader


class StateOfReader:
    """The handlers.chat.visible_state.VisibleState of a running program."""

    def __init__(self, backend: Backend) -> None:
        self.ignored_products = IgnoredOfReader(backend)
        self.decisions = DecisionsOfReader(backend)
