"""The products that typed words mean: by friendly names first, by part numbers only whole."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache

from analytics.current_names import current_name
from analytics.folded_text import folded_text
from analytics.questions.spoken_names import SpokenName, readings, spoken_name
from analytics.skus import SKUS, friendly_name, is_free
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_index.everyday_words import EVERYDAY, PRODUCTS


@dataclass(frozen=True, slots=True)
class NamedProducts:
    """The products that typed words may mean; of several names they are different plans."""

    products: frozenset[str] = frozenset()
    exact: bool = False
    """True if the words are a product's whole name, part number or id."""
    former: str = ""
    """The earlier name that was meant; empty where a product is still called so."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one product."""

    id: str
    part: str
    current: tuple[str, ...]
    former: tuple[str, ...]

    def former_as(self, said: SpokenName) -> str:
        """Return the earlier name that the words mean. It must be the whole of it, or words that no
        product's name of today holds: `business premium` is none of Business Standard. A free
        product, which says so in its name, is meant by any words of it.
        """
        for name in self.former:
            spoken = spoken_name(name)
            if spoken == said and said not in _today():
                return name
            held = not is_free(self.id) and any(map(said.is_phrase_of, _today()))
            if said.stands_in(spoken) and not held:
                return name
        return ""


def product_name(facts: Facts, product: str) -> str:
    """Return the usual name of a product: Microsoft's public name if we know the SKU, else the
    source's; today's where it changed.
    """
    return current_name(friendly_name(product) or facts.name("products", product))


def product_names(facts: Facts, products: tuple[str, ...]) -> dict[str, str]:
    """Return the usual names of products, by their ids."""
    return {product: product_name(facts, product) for product in products}


def named_products(facts: Facts, products: Collection[str], said: str) -> NamedProducts:
    """Return those of the products that the words mean, by the first of these that finds any: its
    id or written part number, its whole name, words of it, its part number, an earlier name,
    beginnings of words. Where paid ones are found by words, free ones are not meant.
    """
    every = [_names(facts, product) for product in products]
    found = _by_id(every, said) or _whole(every, said)
    if found:
        return NamedProducts(found, exact=True)
    return _by_words(every, said)


def is_product(said: str) -> bool:
    """Check whether a text is words of a public product's or workload's name alone, whatever
    customers have.

    >>> is_product("Power BI"), is_product("e3"), is_product("contoso e3"), is_product("the")
    (True, True, False, False)
    """
    words = folded_text(said).split()
    if all(word in EVERYDAY for word in words):
        return False
    if {*words} <= PRODUCTS or said.strip().lower() in _parts():
        return True
    return any(
        each in _formers() or (each.words and any(map(each.stands_in, _today())))
        for each in readings(said)
    )


def _names(facts: Facts, product: str) -> _Names:
    sku, own = SKUS.get(product), facts.name("products", product)
    if sku is None:
        return _Names(product, "", (own, current_name(own)), ())
    today = (sku.name, current_name(sku.name))
    if folded_text(own) == folded_text(sku.part):
        return _Names(product, sku.part, today, sku.former)
    if _is_old(own, sku.name, sku.former):
        return _Names(product, sku.part, today, (*sku.former, own))
    return _Names(product, sku.part, (*today, own), sku.former)


def _is_old(own: str, name: str, former: Collection[str]) -> bool:
    """Check whether the source calls a product as it was called, or as another is called today."""
    spoken = spoken_name(own)
    others = spoken in _today() and spoken != spoken_name(name)
    return others or any(spoken == spoken_name(each) for each in former)


def _by_id(every: Collection[_Names], said: str) -> frozenset[str]:
    """Return the product of this id, or of this part number where it is written as one."""
    typed = said.strip().lower()
    parts = [each for each in every if "_" in typed and each.part.lower() == typed]
    return frozenset(each.id for each in parts or every if parts or each.id.lower() == typed)


def _whole(every: Collection[_Names], said: str) -> frozenset[str]:
    meant = spoken_name(said)
    return frozenset(
        each.id for each in every if meant in {spoken_name(name) for name in each.current}
    )


def _by_words(every: Collection[_Names], said: str) -> NamedProducts:
    for meant in readings(said):
        found = _any_name(every, meant.stands_in) if meant.words else None
        if found:
            return NamedProducts(found)
    plain = folded_text(said)
    whole = frozenset(each.id for each in every if each.part and folded_text(each.part) == plain)
    if whole:
        return NamedProducts(whole, exact=True)
    return _formerly(every, said) or _beginning(every, said)


def _beginning(every: Collection[_Names], said: str) -> NamedProducts:
    meant = spoken_name(said)
    if not meant.words:
        return NamedProducts()
    return NamedProducts(_any_name(every, meant.begins_words_of))


def _any_name(every: Collection[_Names], fits: Callable[[SpokenName], bool]) -> frozenset[str]:
    found = {e.id for e in every if any(fits(spoken_name(name)) for name in e.current)}
    return frozenset({each for each in found if not is_free(each)} or found)


def _formerly(every: Collection[_Names], said: str) -> NamedProducts | None:
    for meant in readings(said):
        names = {each.id: each.former_as(meant) for each in every} if meant.words else {}
        found = {product: name for product, name in names.items() if name}
        paid = {product: name for product, name in found.items() if not is_free(product)}
        if found:
            names = paid or found
            return NamedProducts(frozenset(names), former=min(names.values()))
    return None


@cache
def _today() -> frozenset[SpokenName]:
    """The names of today of all products that the table knows."""
    return frozenset(spoken_name(current_name(sku.name)) for sku in SKUS.values())


@cache
def _formers() -> frozenset[SpokenName]:
    return frozenset(spoken_name(name) for sku in SKUS.values() for name in sku.former)


@cache
def _parts() -> frozenset[str]:
    return frozenset(sku.part.lower() for sku in SKUS.values())
