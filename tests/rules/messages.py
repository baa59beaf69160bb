"""The catalogues of people's sentences, as they are written."""

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.rules.source import ROOT

FOLDER = ROOT / "handlers" / "messages"


def catalogue(locale: str) -> Catalog:
    """One language's catalogue."""
    with (FOLDER / f"{locale}.po").open("rb") as file:
        return read_po(file, locale=locale)


def ids(locale: str) -> set[str]:
    """The ids of a language's entries."""
    return set(sentences(locale))


def sentences(locale: str) -> dict[str, list[str]]:
    """The text of each entry by its id; two texts where it counts something."""
    return {
        entry.id[0] if isinstance(entry.id, tuple) else entry.id: (
            list(entry.string) if isinstance(entry.string, (tuple, list)) else [entry.string]
        )
        for entry in catalogue(locale)
        if entry.id
    }
