"""One term of a subscription, as a decision about it finds it again."""

from dataclasses import replace
from datetime import date, datetime

from analytics.current_names import current_name
from analytics.questions.renewals import renewals
from analytics.questions.renewals.lines import RenewalLine
from analytics.questions.subscriptions.rows import product_title
from analytics.values import Customer, Period, plain
from analytics.warehouse.facts import Facts

_TITLES = """
    SELECT subscription, any_value(product), any_value(nickname) FROM {subscription_lines}
    WHERE list_contains($subscriptions, subscription) GROUP BY subscription"""


def renewal_term(
    facts: Facts, customer: Customer, key: str, term_end: date, asked: datetime
) -> RenewalLine | None:
    """Return the line of a term by its identity's key; None where no such term stands any more.
    `asked` is the instant of the question in UTC.
    """
    today = asked.date()
    whole = replace(facts, whole=True)
    ahead = Period(today, max(term_end, today))
    found = renewals(whole, customer, asked.replace(second=0, microsecond=0), ahead)
    return next((line for line in found.lines if line.identity.key == key), None)


def subscription_titles(facts: Facts, subscriptions: tuple[str, ...]) -> dict[str, str]:
    """Return what is sold by each of these subscriptions, by their ids in lower case; those that
    are not known any more are left out.
    """
    rows = facts.rows(_TITLES, subscriptions=list(subscriptions))
    return {str(its): _title(product, nickname) for its, product, nickname in rows}


def _title(product: object, nickname: object) -> str:
    title = current_name(product_title(str(product or "")))
    return title or plain(str(nickname or ""))
