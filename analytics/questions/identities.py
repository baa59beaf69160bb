"""Identities between results: what one question answers must agree with what another does."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from analytics.questions.absences import short_snapshots, unknowns
from analytics.questions.activity import ActivityResult, activity
from analytics.questions.activity.identities import activity_checks
from analytics.questions.adoption.identities import share_identities
from analytics.questions.azure.identities import azure_checks
from analytics.questions.customers import CustomerList, matching_customers
from analytics.questions.growth.identities import growth_identities
from analytics.questions.licenses.identities import licence_checks
from analytics.questions.own_seats import OwnSeats, evenly, own_seats, sample
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.portfolio_change import CustomerSeats
from analytics.questions.renewals.identities import renewal_checks
from analytics.questions.seats_on_day import NOT_MEASURED, SeatsOnDay
from analytics.questions.subscriptions.identities import subscription_checks
from analytics.tables import AUDIT, DEPLOYMENT, USAGE
from analytics.values import Seats, TenantId, Unknown, Why, combine, total
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts

_RECORDED = "SELECT DISTINCT tenant FROM {activity} WHERE tenant IS NOT NULL ORDER BY tenant"

_PARTLY = """
    SELECT 'deployment' AS dataset, tenant FROM {deployment} GROUP BY tenant
    HAVING bool_and(list_contains($short, 'deployment/' || service || '/' || day))
    UNION ALL
    SELECT 'usage' AS dataset, tenant FROM {usage} GROUP BY tenant
    HAVING bool_and(list_contains($short, 'usage/' || service || '/' || day))"""

_OTHER_RECORDS = """
    SELECT count(*) FROM {activity} WHERE moment::DATE BETWEEN $first AND $last
        AND (tenant IS NULL OR NOT list_contains($asked, tenant))"""


Partly = Mapping[str, Collection[TenantId]]
"""Customers whose rows stand in incomplete snapshots alone, by dataset."""
NONE_PARTLY: Partly = {}


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure that the portfolio and a customer's own answer both give."""

    rests_on: tuple[str, ...]
    """The datasets without which it is unknown; a difference is told under the first."""
    nothing: Seats
    """The figure of a customer whom the newest snapshots do not list."""
    together: Callable[[PortfolioResult], Seats]
    row: Callable[[CustomerSeats], Seats] | None
    """None if the portfolio gives it for all customers together alone."""
    own: Callable[[SeatsOnDay], Seats]


def _idle(figure: Seats) -> Seats:
    """Return idle seats; none where nothing is measured, as measured seats are compared besides."""
    return 0 if figure == NOT_MEASURED else figure


_SOLD, _ACTIVE = (DEPLOYMENT.name,), (USAGE.name,)
_BOTH = (USAGE.name, DEPLOYMENT.name)
FIGURES = (
    ComparedFigure(_SOLD, 0, lambda p: p.sold, lambda row: row.sold, lambda own: own.sold),
    ComparedFigure(
        _SOLD, 0, lambda p: p.assigned, lambda row: row.assigned, lambda own: own.assigned
    ),
    ComparedFigure(
        _SOLD, 0, lambda p: p.unassigned, lambda row: row.unassigned, lambda own: own.unassigned
    ),
    ComparedFigure(_ACTIVE, NOT_MEASURED, lambda p: p.active, None, lambda own: own.active),
    ComparedFigure(
        _BOTH, 0, lambda p: p.measured, lambda row: row.measured, lambda own: own.measured
    ),
    ComparedFigure(
        _BOTH,
        0,
        lambda p: _idle(p.idle),
        lambda row: _idle(row.idle),
        lambda own: _idle(own.idle),
    ),
)


def identities(facts: Facts) -> tuple[Checked, ...]:
    """Return the comparisons of results of the questions themselves, for a reader of all customers:
    of all customers' answers up to 200, else of 200 customers by id and the ten largest.
    """
    everything = portfolio(facts)
    own = own_seats(facts, sample(facts.people.customers, everything), everything)
    some = facts.only(frozenset(each.customer.id for each in own))
    together = everything if len(own) == len(facts.people.customers) else portfolio(some)
    listed = matching_customers(facts, "")
    partly = _partly_listed(facts)
    found = (
        *portfolio_sums(together, own, unknowns(some).keys(), partly),
        *portfolio_rows(everything, own, unknowns(facts).keys(), partly),
        surplus_sums(together, own),
        customer_groups(everything, listed),
        *_activity_sums(facts),
        *activity_checks(facts),
        *share_identities(facts),
        *growth_identities(facts),
        *subscription_checks(facts),
        *azure_checks(facts),
        *licence_checks(facts),
        *renewal_checks(facts),
    )
    return tuple(each for each in found if each.dataset in facts.generation.tables)


def portfolio_sums(
    together: PortfolioResult,
    own: Sequence[OwnSeats],
    unknown: Iterable[str],
    partly: Partly = NONE_PARTLY,
) -> Iterator[Checked]:
    """Yield for each licence dataset how many of the portfolio's figures are not the sums of the
    same customers' own answers. One whose dataset is `unknown` must be unknown too. Customers who
    are `partly` listed are unknown for themselves, and not in the portfolio's whole snapshots.
    """
    wrong = []
    for figure in FIGURES:
        whole = [each for each in own if not _is_partly_listed(figure, each, partly)]
        wrong.append(
            (figure, not _agree(_own_sum(figure, whole, unknown), figure.together(together)))
        )
    yield from _by_dataset("check-portfolio-sums", wrong)


def portfolio_rows(
    everything: PortfolioResult,
    own: Sequence[OwnSeats],
    unknown: Iterable[str],
    partly: Partly = NONE_PARTLY,
) -> Iterator[Checked]:
    """Yield for each licence dataset how many figures of the portfolio's rows are not those of the
    customers' own answers; of none whose dataset is `unknown`, for no row has it then. Of customers
    who are `partly` listed there must be no figure in either.
    """
    rows = {row.customer.id: row for row in everything.customers}
    wrong = [
        (
            figure,
            (_has_figure if _is_partly_listed(figure, each, partly) else _is_wrong_row)(
                figure, rows.get(each.customer.id), each
            ),
        )
        for figure in FIGURES
        if not set(unknown) & set(figure.rests_on)
        for each in own
    ]
    yield from _by_dataset("check-portfolio-rows", wrong)


def surplus_sums(together: PortfolioResult, own: Sequence[OwnSeats]) -> Checked:
    """Compare seats sold with assigned and unassigned ones less the surplus, which is summed over
    the products of the customers' own answers: of all together, and of each.
    """
    rows = {row.customer.id: row for row in together.customers}
    surplus = {each.customer.id: _surplus(each.seats) for each in own}
    sides = [(rows[tenant], beyond) for tenant, beyond in surplus.items() if tenant in rows]
    wrong = sum(_has_other_surplus(*side) for side in sides)
    wrong += _has_other_surplus(together, total(surplus.values()))
    return Checked(DEPLOYMENT.name, "check-surplus", wrong)


def customer_groups(everything: PortfolioResult, listed: CustomerList) -> Checked:
    """Compare the list of customers with the portfolio's groups: with seats, left, never listed,
    and listed by incomplete snapshots alone. All are in the first where the others are unknown.
    """
    count = len(listed.customers) + (listed.more if isinstance(listed.more, int) else 0)
    apart = total((everything.left, everything.without, everything.short))
    grouped = len(everything.customers) + (apart if isinstance(apart, int) else 0)
    counted = {row.customer.id for row in everything.customers}
    wrong = sum(customer.id in counted for customer in listed.gone if isinstance(apart, int))
    return Checked(DEPLOYMENT.name, "check-customer-groups", wrong + (count != grouped))


def activity_sums(
    everything: ActivityResult, parts: Iterable[ActivityResult], others: Seats
) -> Checked:
    """Compare the number of records of all with those of customers asked one by one, `parts`, and
    the `others`: of the partner's own account, and of customers not asked.
    """
    parted = total((*(part.total for part in parts), others))
    return Checked(AUDIT.name, "check-activity-sums", int(not _agree(everything.total, parted)))


def _activity_sums(facts: Facts) -> Iterator[Checked]:
    """Compare the records of all known days; of customers without records none is asked about."""
    known = activity(facts, None, None).known
    if isinstance(known, Unknown):
        return
    ids = evenly([str(tenant) for (tenant,) in facts.rows(_RECORDED)])
    found = [facts.customer(TenantId(tenant)) for tenant in ids]
    parts = [activity(facts, customer, known) for customer in found if customer]
    asked = [customer.id for customer in found if customer]
    rows = facts.rows(_OTHER_RECORDS, first=known.first, last=known.last, asked=asked)
    ((others,),) = cast("list[tuple[int]]", rows)
    yield activity_sums(activity(facts, None, known), parts, others)


def _by_dataset(what: str, wrong: Sequence[tuple[ComparedFigure, bool]]) -> Iterator[Checked]:
    for dataset in (DEPLOYMENT.name, USAGE.name):
        of_it = (is_wrong for figure, is_wrong in wrong if figure.rests_on[0] == dataset)
        yield Checked(dataset, what, sum(of_it))


def _own_sum(figure: ComparedFigure, own: Sequence[OwnSeats], unknown: Iterable[str]) -> Seats:
    """Return the sum of the customers' figures; unmeasured ones do not count beside others."""
    for dataset in figure.rests_on:
        if dataset in unknown:
            return Unknown(Why.NOT_WHOLE, dataset)
    figures = [figure.own(each.seats) for each in own if each.seats]
    measured = [each for each in figures if each != NOT_MEASURED]
    return total(measured) if measured else figure.nothing


def _is_wrong_row(figure: ComparedFigure, row: CustomerSeats | None, own: OwnSeats) -> bool:
    if figure.row is None:
        return False
    told = figure.row(row) if row else figure.nothing
    return not _agree(told, figure.own(own.seats) if own.seats else figure.nothing)


def _has_figure(figure: ComparedFigure, row: CustomerSeats | None, own: OwnSeats) -> bool:
    """Check whether a customer of whom nothing is known has a figure all the same."""
    told = figure.row(row) if row and figure.row else figure.nothing
    mine = figure.own(own.seats) if own.seats else figure.nothing
    return not all(each == figure.nothing or isinstance(each, Unknown) for each in (told, mine))


def _partly_listed(facts: Facts) -> Partly:
    """Return, by dataset, the customers whose rows stand in incomplete snapshots alone."""
    short = short_snapshots(facts)
    found: dict[str, set[TenantId]] = {}
    for dataset, tenant in facts.rows(_PARTLY, short=short) if short else ():
        found.setdefault(str(dataset), set()).add(TenantId(str(tenant)))
    return found


def _is_partly_listed(figure: ComparedFigure, own: OwnSeats, partly: Partly) -> bool:
    return any(own.customer.id in partly.get(each, ()) for each in figure.rests_on)


def _agree(one: Seats, other: Seats) -> bool:
    """Check whether two figures are equal, or both unknown for whatever reason."""
    return one == other or (isinstance(one, Unknown) and isinstance(other, Unknown))


def _surplus(seats: SeatsOnDay | None) -> Seats:
    """Return the seats assigned beyond those sold, product by product."""
    return total(
        combine(lambda sold, assigned: max(assigned - sold, 0), product.sold, product.assigned)
        for product in (seats.products if seats else ())
    )


def _has_other_surplus(told: PortfolioResult | CustomerSeats, surplus: Seats) -> bool:
    sold = combine(
        lambda assigned, rest, beyond: assigned + rest - beyond,
        told.assigned,
        told.unassigned,
        surplus,
    )
    known = isinstance(sold, int) and isinstance(told.sold, int)
    return known and sold != told.sold
