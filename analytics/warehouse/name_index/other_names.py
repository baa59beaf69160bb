"""Customers found by what else they are called: no legal form, a domain, a former name."""

from collections.abc import Iterable, Sequence

import numpy as np

from analytics.folded_text import folded_text
from analytics.warehouse.name_index.inverted_index import NONE, Ids, Postings
from analytics.warehouse.name_index.legal_forms import bare_name
from analytics.warehouse.name_index.sorted_texts import Sorted

Placed = tuple[int, str]
"""A text and the position of the name that it belongs to."""


class OtherNames:
    """Texts that are compared whole; of former names the first words find too, a part does not."""

    __slots__ = ("_bare", "_domains", "_others")

    def __init__(
        self, plain: Sequence[str], others: Iterable[Placed], domains: Iterable[Placed]
    ) -> None:
        """Index names, folded, and what else their customers are called; a customer may have
        several of each.
        """
        bare = ((at, bare_name(name)) for at, name in enumerate(plain))
        self._bare = _Owned((at, text) for at, text in bare if text != plain[at])
        self._others = _Owned((at, folded_text(name)) for at, name in others)
        self._domains = _Owned((at, folded_text(domain)) for at, domain in domains)

    def without_form(self, bare: str) -> Ids:
        """Return the names that are these words, but for conjunctions and a legal form."""
        return self._bare.equal(bare)

    def former(self, folded: str) -> Ids:
        """Return the names whose customers have, or had, this one too."""
        return self._others.equal(folded)

    def former_beginning(self, folded: str) -> Ids:
        """Return the names whose customers have, or had, one that begins with these words."""
        return self._others.beginning(f"{folded} ")

    def domain(self, query: str) -> Ids:
        """Return the names whose domain is in a typed text: alone, in the address of a page or of a
        mailbox, or as the word before `.onmicrosoft.com`.
        """
        address = query.rpartition("@")[2].rpartition("://")[2].partition("/")[0]
        host = folded_text(address.lower().removeprefix("www."))
        found = self._domains.equal(host)
        return found if len(found) else self._domains.equal(f"{host} onmicrosoft com")


class _Owned:
    """Texts, each with the position of its name; empty texts are left out."""

    __slots__ = ("_owners", "_sorted", "_texts")

    def __init__(self, texts: Iterable[Placed]) -> None:
        kept = [(at, text) for at, text in texts if text]
        self._texts = Postings([text] for _, text in kept)
        self._sorted = Sorted([text for _, text in kept])
        self._owners: Ids = np.array([at for at, _ in kept], np.int32)

    def equal(self, text: str) -> Ids:
        """Return the positions of the names that a text belongs to."""
        found = self._texts.of(text)
        return self._owners[found] if len(found) else NONE

    def beginning(self, text: str) -> Ids:
        """Return the positions of the names of which a text begins so, each once."""
        found = self._sorted.texts_with_prefix(text)
        return np.unique(self._owners[found]) if len(found) else NONE
