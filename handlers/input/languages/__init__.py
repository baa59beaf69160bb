"""The languages that typed words are read in. A new one is a file like the others, and its name in
LANGUAGES.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.input.languages.en import ENGLISH
from handlers.input.languages.fr import FRENCH
from handlers.input.languages.language import Language

LANGUAGES = (ENGLISH, FRENCH)


def _mixture(tables: Sequence[Any]) -> Any:
    """Return one table with the words of all; each word is there once."""
    first = tables[0]
    if isinstance(first, Mapping):
        keys = _mixture([tuple(table) for table in tables])
        return {key: _mixture([table[key] for table in tables if key in table]) for key in keys}
    if hasattr(first, "_fields"):
        return type(first)(*map(_mixture, zip(*tables, strict=True)))
    return tuple(dict.fromkeys(word for table in tables for word in table))


MIXED: Language = _mixture(LANGUAGES)
"""All languages as one: each is read whatever the asker's own is, and they may be mixed, as in
`every lundi`.
"""
