"""The part of a customer's seats that an asker means: some products, or one workload."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from analytics.current_names import current_name
from analytics.folded_text import folded_text
from analytics.questions.named_products import is_product, named_products, product_name
from analytics.questions.spoken_names import spoken_name
from analytics.values import Customer
from analytics.warehouse.facts import Facts
from analytics.warehouse.name_index.everyday_words import EVERYDAY

_CARRIED = """
    SELECT DISTINCT product, workload FROM {usage} WHERE tenant = $tenant
    UNION
    SELECT DISTINCT product, NULL AS workload FROM {deployment} WHERE tenant = $tenant"""

_SOLD_TO = """
    SELECT product, coalesce(sum(sold), 0)::BIGINT AS sold FROM {standing}
    WHERE tenant = $tenant GROUP BY product"""

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
    former: str = field(default="", compare=False)
    """The earlier name that was typed, of a product that is called otherwise today."""

    @property
    def quoted_words(self) -> str:
        """Words that find it again, held together by quotes where there are several."""
        words = (self.words or self.label).replace('"', "")
        return f'"{words}"' if " " in words else words


def workload_name(facts: Facts, workload: str) -> str:
    """Return the usual name of a workload: the source's, or today's where it changed."""
    return current_name(facts.name("workloads", workload))


def find_topics(facts: Facts, customer: Customer, said: str) -> tuple[Topic, ...]:
    """Return what of this customer's the asker may mean: a workload, or a product; several products
    are different plans, those with the most seats first. Empty if none matches.

    A workload's name or code goes before products: `exchange` is the workload, `exchange online` a
    product.
    """
    rows = cast("list[_Carried]", facts.rows(_CARRIED, tenant=customer.id))
    found = _topics(facts, rows, said)
    if len(found) != 1:
        sold = dict(cast("list[tuple[str, int]]", facts.rows(_SOLD_TO, tenant=customer.id)))
        return _most_first(found, sold)
    again = _topics(facts, rows, found[0].label)
    words = found[0].label if again == found else " ".join(said.split())
    return (replace(found[0], words=words),)


def product_called(facts: Facts, customer: Customer, name: str) -> Topic | None:
    """Return the product of this customer whose whole name it is, even where a workload is called
    so too; None if none is.
    """
    rows = cast("list[_Carried]", facts.rows(_CARRIED, tenant=customer.id))
    found, exact = _products(facts, {product for product, _ in rows}, name)
    return found[0] if exact and len(found) == 1 else None


def _topics(facts: Facts, rows: list[_Carried], said: str) -> tuple[Topic, ...]:
    """Return the topics by label, each with words that find it alone."""
    if not _folded_words(said):
        return ()
    workload = _workload(facts, rows, said)
    return (workload,) if workload else _products(facts, {product for product, _ in rows}, said)[0]


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
    if not any(map(_names_something, (*folded_text(said).split(), *spoken_name(said).words))):
        return TopicsOfAll()
    (sold, used), _ = facts.result_of(_held_now)
    found = _topics_in(facts, [*used, *((product, None) for product in sold)], said, sold)
    return found if found.topics else _topics_in(facts, facts.result_of(_held_ever)[0], said, sold)


def _folded_words(said: str) -> str:
    """Return the folded words, with short forms in full."""
    return " ".join(spoken_name(said).words)


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
    facts: Facts, rows: list[_Carried], said: str, sold: Mapping[str, int]
) -> TopicsOfAll:
    workload = _workload(facts, rows, said)
    if workload:
        return TopicsOfAll((workload,), exact=True)
    found, exact = _products(facts, {product for product, _ in rows}, said)
    topics = (
        each if _workload(facts, rows, each.label) else replace(each, words=each.label)
        for each in found
    )
    return TopicsOfAll(_most_first(topics, sold), exact=exact or is_product(said))


def _workload(facts: Facts, rows: list[_Carried], said: str) -> Topic | None:
    plain = folded_text(said)
    asked = {plain, _folded_words(said) if not spoken_name(said).without else plain}
    asked |= {_ALSO.get(wanted, wanted) for wanted in asked}
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


def _products(facts: Facts, products: Collection[str], said: str) -> tuple[tuple[Topic, ...], bool]:
    """Return a topic for each name of the products meant, and whether that is their whole name."""
    found = named_products(facts, products, said)
    by_name: dict[str, set[str]] = {}
    for product in sorted(found.products):
        by_name.setdefault(product_name(facts, product), set()).add(product)
    topics = (
        Topic(label, frozenset(its), None, _words(label, its), found.former)
        for label, its in sorted(by_name.items())
    )
    return tuple(topics), found.exact


def _words(label: str, products: Collection[str]) -> str:
    """Return words that mean these products alone: an id, or the name that several have."""
    return min(products) if len(products) == 1 else label


def _most_first(topics: Iterable[Topic], sold: Mapping[str, int]) -> tuple[Topic, ...]:
    """Return the topics with the most seats sold first."""
    seats = {each: sum(sold.get(product, 0) for product in each.products) for each in topics}
    return tuple(sorted(seats, key=lambda each: (-seats[each], each.label)))
