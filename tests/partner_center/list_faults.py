"""What can be wrong with the records of a list, with its pages, and with how long it is."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.partner_center.changed_answers import (
    Body,
    Fault,
    changed_answer,
    list_name,
    of_items,
    total_name,
)


def _split(items: list[Any]) -> list[Any]:
    """The first item once more, with other figures, or with another name where it has none."""
    return [*items, _other(items[0])] if items else items


def _other(item: Any) -> Any:
    if isinstance(item, dict):
        return {k: v if k in _OF_THE_KEY else _other(v) for k, v in item.items()}
    number = isinstance(item, int | float) and not isinstance(item, bool)
    return item + 1 if number else item


_OF_THE_KEY = {"processedDateTime", "usageDate", "operationDate"}
_DATED = ("operationDate", "usageDate", "processedDateTime")


def _elsewhere(years: str) -> Callable[[list[Any]], list[Any]]:
    def dated(items: list[Any]) -> list[Any]:
        first = {
            k: years + v[4:] if k in _DATED and isinstance(v, str) else v
            for k, v in (items[0] if items else {}).items()
        }
        return [first, *items[1:]] if items else items

    return dated


_MONEY = ("totalCost", "usdTotalCost", "amount")


def _owed(item: Any) -> Any:
    """Its amounts of money below zero."""
    if not isinstance(item, dict):
        return item
    return {k: -v if k in _MONEY else _owed(v) for k, v in item.items()}


def _and_its_total(change: Callable[[list[Any]], list[Any]]) -> Fault:
    """The items changed, and as many announced as there are then."""

    def changed(answer: Body) -> None:
        answer[list_name(answer)] = change(answer[list_name(answer)])
        if answer.get(total_name(answer)) is not None:
            answer[total_name(answer)] = len(answer[list_name(answer)])

    return changed_answer(changed)


def _ended(answer: Body) -> None:
    """A well-formed list without an item."""
    answer |= {list_name(answer): [], total_name(answer): 0}
    answer.pop("links", None)
    answer.pop("@nextLink", None)


LOSSES: dict[str, Fault] = {
    "no-rows": changed_answer(_ended),
    "half": _and_its_total(lambda items: items[: len(items) // 2]),
    "other-half": _and_its_total(lambda items: items[len(items) // 2 :]),
    "a-third-kept": _and_its_total(lambda items: items[: len(items) // 3]),
    "one-less": _and_its_total(lambda items: items[:-1]),
}
"""What is noticed only beside what was known: well-formed, whole by its own count, and short."""

OF_RECORDS: dict[str, Fault] = {
    "row-for-row": of_items(lambda items: items[:-1] + items[:1]),
    "split-row": _and_its_total(_split),
    "dated-2099": of_items(_elsewhere("2099")),
    "dated-2019": of_items(_elsewhere("2019")),
    "negative-money": of_items(lambda items: [_owed(each) for each in items]),
}
"""What can be wrong with the records of a list alone."""

Listed = tuple[list[Any], int]
OF_LISTS: dict[str, Callable[[Random, list[Any], int, int], Listed]] = {
    "lost-first-page": lambda _, items, start, size: (items, start or min(size, len(items))),
    "unstable-order": lambda chance, items, start, _: (
        chance.sample(items, len(items)),
        start,
    ),
}
"""What can be wrong with a list's pages, made of the whole list, the first item, and the size."""
