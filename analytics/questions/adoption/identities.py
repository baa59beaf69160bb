"""Identities of the shares of seats: classes hold each customer once, and products add up."""

from collections.abc import Iterator

from analytics.questions.adoption import AdoptionResult, adoption
from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.seats_on_day import NOT_MEASURED
from analytics.tables import DEPLOYMENT, USAGE
from analytics.values import Seats, Unknown, total
from analytics.warehouse.building.check import Checked
from analytics.warehouse.facts import Facts


def share_identities(facts: Facts) -> Iterator[Checked]:
    """Return the comparisons of the answer about shares with the portfolio of the same reader."""
    return share_sums(adoption(facts), portfolio(facts))


def share_sums(result: AdoptionResult, everything: PortfolioResult) -> Iterator[Checked]:
    """Yield for each licence dataset how many sums are not those of the portfolio: customers over
    the classes, and seats over the products.
    """
    count, products = len(everything.customers), result.products
    if isinstance(everything.sold, Unknown):
        return
    seats: list[tuple[Seats, Seats]] = [
        (total(each.assigned for each in result.classes), count),
        (total(each.sold for each in products), everything.sold),
        (total(each.assigned for each in products), everything.assigned),
    ]
    yield Checked(DEPLOYMENT.name, "check-share-sums", _unlike(seats))
    if isinstance(everything.active, Unknown):
        return
    active = [each.active for each in products if each.active != NOT_MEASURED]
    use: list[tuple[Seats, Seats]] = [
        (total((result.in_classes, result.unmeasured)), count),
        (total(active), everything.active),
        (total(each.measured for each in products), everything.measured),
    ]
    yield Checked(USAGE.name, "check-share-sums", _unlike(use))


def _unlike(pairs: list[tuple[Seats, Seats]]) -> int:
    return sum(one != other for one, other in pairs)
