"""Activity in the made-up partner's account: an event for each change of its subscriptions, and the
events that answers must not trip over.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from analytics.demo.contract_cases import contracts
from analytics.demo.contracts import Contract
from analytics.demo.page import DemoPage, Item, answer
from analytics.demo.planted import planted_in
from analytics.demo.role_members import sign_in_name
from analytics.demo.stories import Story, made_up_id, made_up_tenant
from analytics.tables import AUDIT

_KEPT = 90
"""Days that Partner Center keeps; one event is older, as a partner remembers it."""
_SELLER, _ADMIN = sign_in_name("Jonas Verbeek"), sign_in_name("Ines Albrecht")
_PROGRAM = made_up_id("a program of the partner's")
_PORTAL = "4990cffe-04e8-4e8b-808a-1175604b879f"


@dataclass(frozen=True, slots=True)
class Event:
    """One record of the log, so many days back. `about` distinguishes the events of a day."""

    back: int
    customer: str
    resource: str
    operation: str
    about: str
    who: str = _SELLER
    status: str = "succeeded"
    old: Mapping[str, object] | None = None
    new: Mapping[str, object] | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    named: bool = True
    """False if the record leaves out the customer's name."""
    correlation: str = ""


_WORDS = planted_in(AUDIT.name)
_AIRLINE, _ASSIGNMENT = "Blue Yonder Airlines", ("license", "update_customer_user_licenses")
_CASES = (
    Event(2, "Contoso", "customer_user", "update_customer_user", "planted", _WORDS["who"],
          old={"DisplayName": _WORDS["old_value"]}, new={"DisplayName": _WORDS["new_value"]},
          details={"CustomerUserPrincipalName": _WORDS["details"]}),
    Event(4, _AIRLINE, "order", "create_order", "failed", status="failed"),
    Event(4, _AIRLINE, "order", "create_order", "first of three", correlation="three"),
    Event(4, _AIRLINE, "subscription", "update_subscription", "second", correlation="three"),
    Event(4, _AIRLINE, *_ASSIGNMENT, "third", correlation="three"),
    Event(9, "", "partner_user", "add_user_member", "a role granted", _ADMIN),
    Event(12, _AIRLINE, *_ASSIGNMENT, "a program", who="", named=False),
    Event(20, "Relecloud", "granular_admin_relationship", "granular_admin_relationship_expired",
          "no person", who=""),
    Event(30, "Woodgrove Bank", "customer", "update_customer_spending_budget", "in progress",
          _ADMIN, status="progress"),
    Event(100, _AIRLINE, "customer", "add_customer", "older than the source keeps", _ADMIN),
)  # fmt: skip
"""Events that failed, belong together, have no person, no customer or no name, or are older than
the source keeps; and one with all that is secret.
"""


def activity_pages(stories: tuple[Story, ...], today: date) -> Iterator[DemoPage]:
    """Yield the events of each day that has any, oldest first."""
    days = defaultdict(list)
    told = {story.name for story in stories}
    for event in (*_changes(stories, today), *_CASES):
        if not event.customer or event.customer in told:
            day = today - timedelta(days=event.back)
            days[day].append(_record(event, day))
    for day in sorted(days):
        yield answer(AUDIT, today, days[day], str(day))


def _changes(stories: tuple[Story, ...], today: date) -> Iterator[Event]:
    """Yield an event for each change of seats and each new subscription of the last 90 days."""
    before: dict[str, Contract] = {}
    for back in range(_KEPT - 1, -1, -1):
        standing = contracts(stories, today - timedelta(days=back), today)
        now = {each.id: each for each in standing if not each.deprovisioned}
        for key, contract in now.items() if before else ():
            change = _change(back + 1, before.get(key), contract)
            if change:
                yield change
        before = now


def _change(back: int, old: Contract | None, new: Contract) -> Event | None:
    """Return the event that made the new contract of the old one; None if it is as it was."""
    if old and (old.quantity, old.trial) == (new.quantity, new.trial):
        return None
    if old:
        kind = "convert_trial_subscription" if old.trial else "update_subscription"
        return Event(
            back, new.customer, "subscription", kind, new.id, old=_state(old), new=_state(new)
        )
    details = {"SubscriptionId-0": new.id, "Quantity-0": str(new.quantity)}
    order: Mapping[str, object] = {"LineItems": [_state(new)]}
    return Event(back, new.customer, "order", "create_order", new.id, new=order, details=details)


def _state(contract: Contract) -> Mapping[str, object]:
    return {
        "Id": contract.id,
        "OfferId": contract.offer,
        "FriendlyName": contract.nickname,
        "Quantity": contract.quantity,
        "Status": contract.status,
        "AutoRenewEnabled": contract.auto_renew,
    }


def _record(event: Event, day: date) -> Item:
    key = made_up_id(f"{day} {event.customer} {event.operation} {event.about}")
    tenant = made_up_tenant(event.customer) if event.customer else None
    related = made_up_id(f"{day} {event.correlation}") if event.correlation else key
    minutes = int(related[:4], 16) % 540
    moment = datetime.combine(day, time(8, 0)) + timedelta(minutes=minutes)
    record = {
        "id": f"{tenant or 'partner'}_{event.operation.replace('_', '')}_{key}",
        "customerId": tenant,
        "customerName": event.customer if event.named else None,
        "userPrincipalName": event.who or None,
        "applicationId": _PORTAL if event.who else _PROGRAM,
        "resourceType": event.resource,
        "operationType": event.operation,
        "operationDate": f"{moment.isoformat()}.1234567Z",
        "operationStatus": event.status,
        "resourceOldValue": _text(event.old),
        "resourceNewValue": _text(event.new),
        "customizedData": [{"key": k, "value": v} for k, v in event.details.items()],
        "originalCorrelationId": related,
        "attributes": {"objectType": "AuditRecord"},
    }
    return {name: value for name, value in record.items() if value is not None}


def _text(value: Mapping[str, object] | None) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None
