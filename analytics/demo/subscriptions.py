"""Subscriptions of the made-up partner: one answer for each customer, and Microsoft's analytics of
all of them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from analytics.demo.contracts import EXTENDED, Contract
from analytics.demo.page import DemoPage, Item, analytics_answer, answer
from analytics.demo.stories import made_up_id, made_up_tenant
from analytics.tables import SUBSCRIPTION_INSIGHTS, SUBSCRIPTIONS

_STATUS = {"deprovisioned": "deleted"}
_NEVER = "9999-12-31"
_NOT_YET = "pending"
_BUSINESS_DAY = time(10, 12)


def subscription_pages(
    contracts: Iterable[Contract], customers: Iterable[str], asked: date
) -> Iterator[DemoPage]:
    """Yield each customer's subscriptions; a customer without any gives an empty answer."""
    sold = list(contracts)
    for customer in customers:
        tenant = made_up_tenant(customer)
        items = [_subscription(each) for each in sold if each.customer == customer]
        yield answer(SUBSCRIPTIONS, asked, items, tenant, customer_id=tenant)


def subscription_insights(contracts: Iterable[Contract], asked: date) -> DemoPage:
    """Return the analytics of all subscriptions; unlike the others it names ended customers."""
    done = [_analysis(each) for each in contracts if each.status != _NOT_YET]
    return analytics_answer(SUBSCRIPTION_INSIGHTS, asked, done)


def _subscription(contract: Contract) -> Item:
    new_commerce = ":" in contract.offer
    seats = contract.quantity is not None
    kind = ("OnlineServicesNCE" if seats else "Azure") if new_commerce else ""
    end = f"{contract.ends or _NEVER}T00:00:00Z"
    return {
        "id": contract.id if new_commerce else contract.id.upper(),
        "offerId": contract.offer,
        "offerName": contract.product,
        "friendlyName": contract.nickname,
        **({"productType": {"id": kind, "displayName": kind}} if kind else {}),
        "quantity": contract.quantity or 1,
        "unitType": "Licenses" if seats else "Usage-based",
        "hasPurchasableAddons": False,
        "creationDate": _moment(contract.created),
        "effectiveStartDate": f"{contract.starts}T00:00:00Z",
        "commitmentEndDate": end,
        "commitmentEndDateTime": end,
        "status": _STATUS.get(contract.status, contract.status),
        "autoRenewEnabled": contract.auto_renew,
        "isTrial": contract.trial,
        "billingType": "license" if seats else "usage",
        "billingCycle": contract.billing_cycle,
        "termDuration": contract.term,
        "renewalTermDuration": "",
        "isMicrosoftProduct": True,
        "partnerId": contract.reseller,
        "orderId": made_up_id(f"order of {contract.id}")[:12],
        **_window(contract),
        **({"scheduledActions": []} if new_commerce and seats and contract.actions_told else {}),
        **contract.more,
        "attributes": {"objectType": "Subscription"},
    }


def _window(contract: Contract) -> Item:
    """Return until when it may be cancelled: seven days, or any time in an extended term."""
    if not contract.term or contract.trial:
        return {}
    end = contract.ends if EXTENDED in contract.product else contract.starts + timedelta(days=7)
    return {"cancellationAllowedUntilDate": _moment(end)} if end else {}


def _moment(day: date) -> str:
    return f"{datetime.combine(day, _BUSINESS_DAY).isoformat()}Z"


def _analysis(contract: Contract) -> Item:
    end, ended = contract.ends or _NEVER, contract.deprovisioned
    renewed = contract.starts if contract.starts > contract.created else None
    return {
        "customerTenantId": made_up_tenant(contract.customer).upper(),
        "customerName": contract.customer,
        "customerMarket": "FR",
        "id": contract.id.upper(),
        "status": contract.status.upper(),
        "productName": contract.product.upper(),
        "subscriptionType": "Azure" if contract.quantity is None else _kind(contract.product),
        "autoRenewEnabled": contract.auto_renew,
        "friendlyName": contract.nickname,
        "creationDate": f"{contract.created}T10:12:00",
        "effectiveStartDate": _midnight(contract.starts),
        "commitmentEndDate": f"{end}T00:00:00",
        "currentStateEndDate": f"{end}T00:00:00",
        **_trial(contract),
        "lastUsageDate": _midnight(ended - timedelta(days=3) if ended else None),
        "deprovisionedDate": _midnight(ended),
        "lastRenewalDate": _midnight(renewed),
        "licenseCount": contract.quantity,
        "churnRisk": "High" if not contract.auto_renew else "",
        "billingCycleName": contract.billing_cycle.upper(),
    }


def _trial(contract: Contract) -> Item:
    """Return the days of a trial, running or converted."""
    days: tuple[date | None, ...]
    if contract.trial:
        days = (contract.starts, contract.ends, None)
    elif contract.number.endswith("converted"):
        days = (contract.created, contract.starts, contract.starts)
    else:
        days = (None, None, None)
    names = ("trialStartDate", "trialEndDate", "trialToPaidConversionDate")
    return dict(zip(names, map(_midnight, days), strict=True))


def _kind(product: str) -> str:
    return "Dynamics" if product.startswith("Dynamics") else "Office"


def _midnight(day: date | None) -> str | None:
    return f"{day}T00:00:00" if day else None
