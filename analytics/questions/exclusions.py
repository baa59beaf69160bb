"""Lines of a stamp about products that were set apart."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from analytics.questions.set_apart import SetApart, WhyApart
from analytics.questions.stamp import IGNORED, Exclusion, ExclusionPart, free_products
from analytics.skus import Unit
from analytics.values import IgnoredProduct, Seats, total

NAMED = 3
"""Products named in a line; further ones are counted."""


def exclusions(
    apart: Collection[SetApart], ignored: Sequence[tuple[IgnoredProduct, str]] = ()
) -> tuple[Exclusion, ...]:
    """Return one line for each reason why products were set apart; `ignored` are what admins left
    out, each with the name of its product, and of its customer where it is one of several.
    """
    by_why: dict[WhyApart, list[SetApart]] = defaultdict(list)
    for each in apart:
        by_why[each.why].append(each)
    free = by_why[WhyApart.FREE]
    return (
        *free_products(len(free), total(each.sold for each in free)),
        *_units(by_why[WhyApart.UNIT]),
        *_placeholders(by_why[WhyApart.PLACEHOLDER]),
        *_ignored_line(ignored),
    )


def _units(products: Sequence[SetApart]) -> Iterator[Exclusion]:
    """Yield what is counted in something else than people: of few products by name, else their
    sums by unit.
    """
    if not products:
        return
    if len(products) <= NAMED:
        parts = [_named_amount(each) for each in _most_first(products)]
    else:
        sums: dict[Unit, int] = defaultdict(int)
        for each in products:
            sums[each.unit] += _count(each.sold)
        parts = [
            ExclusionPart(f"unit-{unit.value}", {"n": sums[unit]})
            for unit in sorted(sums, key=_place)
        ]
    yield Exclusion("stamp-units", {}, tuple(parts))


def _place(unit: Unit) -> int:
    return [*Unit].index(unit)


def _named_amount(each: SetApart) -> ExclusionPart:
    values = {"product": each.name, "n": _count(each.sold)}
    return ExclusionPart("apart-amount", values, f"unit-{each.unit.value}")


def _placeholders(products: Sequence[SetApart]) -> Iterator[Exclusion]:
    if products:
        shown = _most_first(products)[:NAMED]
        parts = [_seats(each) for each in shown]
        yield _enumeration_of("stamp-placeholder", parts, len(products))


def _seats(each: SetApart) -> ExclusionPart:
    return ExclusionPart(
        "apart-seats", {"product": each.name, "n": each.sold, "assigned": each.assigned}
    )


def _ignored_line(ignored: Sequence[tuple[IgnoredProduct, str]]) -> Iterator[Exclusion]:
    if not ignored:
        return
    parts = [
        ExclusionPart(
            "apart-ignored-by" if each.by else "apart-ignored",
            {"product": name, "reason": each.reason, "until": each.until}
            | ({"by": each.by} if each.by else {}),
        )
        for each, name in ignored[:NAMED]
    ]
    yield _enumeration_of(IGNORED, parts, len(ignored))


def _enumeration_of(sentence: str, parts: list[ExclusionPart], count: int) -> Exclusion:
    more = count - len(parts)
    parts += [ExclusionPart("apart-more", {"n": more})] if more else []
    return Exclusion(sentence, {"n": count}, tuple(parts))


def _most_first(products: Sequence[SetApart]) -> list[SetApart]:
    return sorted(products, key=lambda each: (-_count(each.sold), each.name))


def _count(seats: Seats) -> int:
    return seats if isinstance(seats, int) else 0
