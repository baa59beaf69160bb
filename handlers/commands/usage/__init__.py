"""`/usage`: one customer's seats, or all customers' together where none is named."""

from dataclasses import dataclass

from analytics.questions.portfolio import PortfolioResult, portfolio
from analytics.questions.topics import Topic
from analytics.questions.usage import UsageResult, usage
from analytics.values import Customer, Period
from handlers.chat.command import Request
from handlers.chat.reply import Reply
from handlers.chat.services import Say, Services
from handlers.chat.visible_data import EVERYBODY
from handlers.commands.usage.all_customers import all_customers
from handlers.commands.usage.one_customer import one_customer


@dataclass(frozen=True, slots=True)
class UsageArgs:
    """A customer, perhaps with one of their products or workloads; without one the portfolio."""

    customer: Customer | None
    topic: Topic | None
    period: Period | None


async def ask(request: Request[UsageArgs], services: Services) -> UsageResult | PortfolioResult:
    """Find seats sold, assigned and in use, their changes, and their course over the period."""
    args = request.args
    if args.customer is None:
        return await services.data.over(EVERYBODY, portfolio, args.period, args.topic)
    return await services.data.of(args.customer, usage, args.period, args.topic)


def tell(result: UsageResult | PortfolioResult, say: Say) -> Reply:
    """Say how many seats are idle, and where most of them are."""
    if isinstance(result, PortfolioResult):
        return all_customers(result, say)
    return one_customer(result, say)
