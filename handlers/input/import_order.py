"""The words behind `/import`: a token of files, and how numbers and days are written in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.sources.files.notation import NUMBERS, Hint
from analytics.sources.files.written_days import ORDERS

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """Files that were sent, and how they are read."""

    token: str
    """The token of the files; empty where none is named."""
    hint: Hint

    def text(self, command: str, word: str = "") -> str:
        """Return the words that ask for the same files again, read as one more word says.

        >>> ImportOrder("0" * 4, Hint(days="mdy")).text("/import", "en")
        '/import 0000 en mdy'
        """
        said = _hint((self.hint.numbers, self.hint.days, word))
        return " ".join(each for each in (command, self.token, said.numbers, said.days) if each)


def import_order(words: Sequence[str]) -> ImportOrder:
    """Read the order; words that are neither token nor notation are left aside, because buttons
    alone write them.
    """
    token = next((word for word in words if _TOKEN.fullmatch(word)), "")
    return ImportOrder(token, _hint(words))


def _hint(words: Sequence[str]) -> Hint:
    numbers = [word for word in words if word in NUMBERS]
    days = [word for word in words if word in ORDERS]
    return Hint(numbers[-1] if numbers else "", days[-1] if days else "")
