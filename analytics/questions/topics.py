"""The part of a customer's seats that an asker means: some products, or one workload."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from analytics.current_names import current_name
from analytics.folded_text import folded_text
from analytics.skus import SKUS, friendly_name, is_free
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_index.everyday_words import EVERYDAY, PRODUCTS

_CARRIED = """
    SELECT DISTINCT product, workload FROM {usage} WHERE tenant = $tenant
    UNION
    SELECT DISTINCT product, NULL AS workload FROM {deployment} WHERE tenant = $tenant"""

_SOLD = """
    SELECT product, coalesce(sum(sold), 0)::BIGINT AS sold FROM {standing} GROUP BY product"""

_USED = "SELECT DISTINCT product, workload FROM {newest_usage}"

_EVER = """
    SELECT DISTINCT product, workload FROM {usage}
    UNION
    SELECT DISTINCT product, NULL AS workload FROM {deployment}"""

_ALSO = {
    "yammer": "viva engage",
    "engage": "yammer",
    "onedrive": "sharepoint",
    "outlook": "exchange",
}
"""Names that people use for workloads which the source calls otherwise; OneDrive counts with
SharePoint (domain 2a).
"""


_SHORT = {"m365": "microsoft 365", "o365": "office 365", "d365": "dynamics 365"}
"""Short forms of makers' words in products' names."""

_Carried = tuple[str, str | None]
"""A product, and a workload of it; None for the product alone."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The part to narrow an answer to. With `workloads` None every workload of the products counts,
    and free products among them were named by the asker.
    """

    label: str
    products: frozenset[str]
    workloads: frozenset[str] | None
    words: str = field(default="", compare=False)
    """Words that find one customer's topic again: its label, or those typed where that finds
    another.
    """


def product_name(facts: Facts, product: str) -> str:
    """Return the usual name of a product: Microsoft's public name if we know the SKU, else the
    source's; today's where it changed.
    """
    return current_name(friendly_name(product) or facts.name("products", product))


def workload_name(facts: Facts, workload: str) -> str:
    """Return the usual name of a workload: the source's, or today's where it changed."""
    return current_name(facts.name("workloads", workload))


def find_topic(facts: Facts, customer: Customer, said: str) -> Topic | None:
    """Return the workload, or the products, of this customer that the asker means; None if none
    matches.

    A workload's name or code goes before products: `exchange` is the workload, `exchange online` a
    product.
    """
    rows = cast("list[_Carried]", facts.rows(_CARRIED, tenant=customer.id))
    found = _topic(facts, rows, said)
    if found is None:
        return None
    same = _topic(facts, rows, found.label) == found
    return replace(found, words=found.label if same else " ".join(said.split()))


def _topic(facts: Facts, rows: list[_Carried], said: str) -> Topic | None:
    wanted = _folded_words(said)
    if not wanted:
        return None
    return _workload(facts, rows, wanted) or _products(facts, rows, wanted)


@dataclass(frozen=True, slots=True)
class TopicsOfAll:
    """The topics that a text may mean over all customers whom the reader may see: one workload, or
    products by their names, those with the most seats first.
    """

    topics: tuple[Topic, ...] = ()
    exact: bool = False
    """True if the text is a name, or whole words of public products' names; not beginnings."""


def find_topics_of_all(facts: Facts, said: str) -> TopicsOfAll:
    """Return the workload or the products that some customer has, and the asker may mean.

    A product that customers have now goes before one that they had once. Products of one name are
    one topic; of paid and free products the paid ones are meant, as for one customer.
    """
    wanted = _folded_words(said)
    if not any(_names_something(word) for word in wanted.split()):
        return TopicsOfAll()
    (sold, used), _ = facts.result_of(_held_now)
    found = _topics_in(facts, [*used, *((product, None) for product in sold)], wanted, sold)
    return (
        found if found.topics else _topics_in(facts, facts.result_of(_held_ever)[0], wanted, sold)
    )


def is_product(said: str) -> bool:
    """Check whether a text is words of a public product's or workload's name alone, whatever
    customers have.

    >>> is_product("Power BI"), is_product("e3"), is_product("contoso e3"), is_product("the")
    (True, True, False, False)
    """
    words = folded_text(said).split()
    own = [word for word in words if word not in EVERYDAY]
    known = [{*folded_text(sku.name).split(), sku.part.lower()} for sku in SKUS.values()]
    return bool(own) and any(set(words) <= names for names in [PRODUCTS, *known])


def _folded_words(said: str) -> str:
    """Return the folded words, with makers' words in full."""
    return " ".join(_SHORT.get(word, word) for word in folded_text(said).split())


def _names_something(word: str) -> bool:
    """Check whether a word may name a product by itself: no everyday word, and no bare number."""
    return len(word) > 1 and word not in EVERYDAY and not word.isdecimal()


def _held_now(facts: Facts) -> tuple[Mapping[str, int], list[_Carried]]:
    """Return seats sold by product, and the products with their workloads, as of now."""
    sold = dict(cast("list[tuple[str, int]]", facts.rows(_SOLD)))
    return sold, cast("list[_Carried]", facts.rows(_USED))


def _held_ever(facts: Facts) -> list[_Carried]:
    return cast("list[_Carried]", facts.rows(_EVER))


def _topics_in(
    facts: Facts, rows: list[_Carried], wanted: str, sold: Mapping[str, int]
) -> TopicsOfAll:
    workload = _workload(facts, rows, wanted)
    if workload:
        return TopicsOfAll((workload,), exact=True)
    hits, exact = _hits(facts, rows, wanted)
    by_name: dict[str, set[str]] = {}
    for product in sorted(hits, key=lambda each: (-sold.get(each, 0), each)):
        by_name.setdefault(product_name(facts, product), set()).add(product)
    if exact and hits:
        return TopicsOfAll((Topic(", ".join(by_name), frozenset(hits), None),), exact=True)
    topics = tuple(Topic(name, frozenset(its), None) for name, its in by_name.items())
    return TopicsOfAll(topics, exact=is_product(wanted))


def _workload(facts: Facts, rows: list[_Carried], wanted: str) -> Topic | None:
    asked = {wanted, _ALSO.get(wanted, wanted)}
    hits = {
        code
        for _, code in rows
        if code and asked & _workload_names(code, facts.name("workloads", code))
    }
    if not hits:
        return None
    label = ", ".join(sorted(workload_name(facts, code) for code in hits))
    return Topic(
        label, frozenset(product for product, code in rows if code in hits), frozenset(hits)
    )


def _workload_names(code: str, name: str) -> set[str]:
    """Return the names of a workload: its code, the source's name and today's, and both without the
    maker's.
    """
    plain = {folded_text(name), folded_text(current_name(name))}
    short = {each.removeprefix("microsoft ") for each in plain}
    return {folded_text(code), *plain, *short, *(each.removeprefix("viva ") for each in short)}


def _products(facts: Facts, rows: list[_Carried], wanted: str) -> Topic | None:
    hits, _ = _hits(facts, rows, wanted)
    if not hits:
        return None
    label = ", ".join(sorted(product_name(facts, p) for p in hits))
    return Topic(label, frozenset(hits), None)


def _hits(facts: Facts, rows: list[_Carried], wanted: str) -> tuple[set[str], bool]:
    """Return the products meant, and whether that is their name; paid ones before free ones."""
    products, words = {product for product, _ in rows}, wanted.split()
    exact = {p for p in products if wanted in _names(facts, p)}
    loose = {p for p in products if any(_carries(name, words) for name in _names(facts, p))}
    return exact or {p for p in loose if not is_free(p)} or loose, bool(exact)


def _names(facts: Facts, product: str) -> set[str]:
    sku = SKUS.get(product)
    known = {folded_text(sku.name), folded_text(sku.part)} if sku else set()
    own = folded_text(facts.name("products", product))
    return known | {own, folded_text(product_name(facts, product))}


def _carries(name: str, words: list[str]) -> bool:
    """Check whether every word typed is the beginning of a word of the name."""
    spoken = name.split()
    return all(any(part.startswith(word) for part in spoken) for word in words)
