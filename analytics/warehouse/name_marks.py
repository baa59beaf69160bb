"""Marks behind names that look alike: each customer gets a name of its own."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from analytics.folded_text import folded_text
from analytics.values import Customer, plain
from analytics.warehouse.customer_details import CustomerDetails

_LONGEST = 75
"""Characters of a name with its mark, where the mark allows: a button of Slack's shows no more, and
the mark stands at the end.
"""

_BEGINNING = 8
"""Characters of a tenant's id that are shown where they tell it from others."""


def look(name: str) -> str:
    """Return a name as a reader compares it: without case, accents and punctuation.

    >>> look("CONTOSO ") == look("Contoso")
    True
    """
    return folded_text(name) or name.strip().casefold()


def names_apart(
    groups: Iterable[Sequence[Customer]],
    details: CustomerDetails,
    is_taken: Callable[[str], bool],
) -> Iterator[Customer]:
    """Yield each customer of groups that look alike under a name of its own: with its domain, else
    the days of its first and last licences, else the beginning of its id.

    A mark that two of a group share tells neither, and is passed over. `is_taken` is true for the
    name of a customer outside the groups.
    """
    given: set[str] = set()
    for group in groups:
        marks = [_marks(customer, group, details) for customer in group]
        shared = Counter(mark for own in marks for mark in own)
        for customer, own in zip(group, marks, strict=True):
            telling = [mark for mark in own if shared[mark] == 1]
            names = _names(customer, telling)
            name = next(n for n in names if not (look(n) in given or is_taken(n)))
            given.add(look(name))
            yield Customer(customer.id, name)


def _marks(customer: Customer, group: Sequence[Customer], details: CustomerDetails) -> list[str]:
    """Return what could tell the customer from the others of its group, the best first."""
    domain = plain(details.domains.get(customer.id, "")).strip().lower()
    listed = _days(customer, group, details)
    return [*filter(None, (domain, listed)), f"{customer.id[:_BEGINNING]}…"]


def _days(customer: Customer, group: Sequence[Customer], details: CustomerDetails) -> str:
    """Return the first and last day with licences; `…` for a day on which no other of the group
    began, or ended, earlier or later. Empty where that tells nothing.
    """
    spans = [details.listed[each.id] for each in group if each.id in details.listed]
    if customer.id not in details.listed:
        return ""
    first, last = details.listed[customer.id]
    begins = "…" if first == min(first for first, _ in spans) else first.isoformat()
    ends = "…" if last == max(last for _, last in spans) else last.isoformat()
    return "" if begins == ends == "…" else f"{begins} – {ends}"


def _names(customer: Customer, marks: Sequence[str]) -> Iterator[str]:
    """Yield ever longer names, without end: one with each mark, then with the whole id."""
    yield from (_with_mark(customer.name, mark) for mark in marks)
    name = _with_mark(customer.name, customer.id)
    while True:
        yield name
        name = f"{name} ({customer.id})"


def _with_mark(name: str, mark: str) -> str:
    room = max(_LONGEST - len(f" ({mark})"), 1)
    shown = name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
    return f"{shown} ({mark})"
