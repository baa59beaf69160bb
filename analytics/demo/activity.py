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
    """One record of the log. `about` distinguishes the events of a day."""

    day: date
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


def activity_pages(stories: tuple[Story, ...], today: date) -> Iterator[DemoPage]:
    """Yield the events of each day that has any, oldest first."""
    days = defaultdict(list)
    told = {story.name for story in stories}
    for event in (*_changes(stories, today), *_cases(today)):
        if not event.customer or event.customer in told:
            days[event.day].append(_record(event))
    for day in sorted(days):
        yield answer(AUDIT, today, days[day], str(day))


def _changes(stories: tuple[Story, ...], today: date) -> Iterator[Event]:
    """Yield an event for each change of seats and each new subscription of the last 90 days."""
    before: dict[str, Contract] | None = None
    for back in range(_KEPT - 1, -1, -1):
        day = today - timedelta(days=back)
        now = {each.id: each for each in contracts(stories, day, today) if not each.deprovisioned}
        for key, contract in now.items() if before is not None else ():
            change = _change(day - timedelta(days=1), (before or {}).get(key), contract)
            if change:
                yield change
        before = now


def _change(day: date, old: Contract | None, new: Contract) -> Event | None:
    if old and (old.quantity, old.trial) == (new.quantity, new.trial):
        return None
    if old:
        kind = "convert_trial_subscription" if old.trial else "update_subscription"
        operation = ("subscription", kind)
        return Event(day, new.customer, *operation, new.id, old=_state(old), new=_state(new))
    details = {"SubscriptionId-0": new.id, "Quantity-0": str(new.quantity)}
    order: Mapping[str, object] = {"LineItems": [_state(new)]}
    return Event(day, new.customer, "order", "create_order", new.id, new=order, details=details)


def _state(contract: Contract) -> dict[str, object]:
    return {
        "Id": contract.id,
        "OfferId": contract.offer,
        "FriendlyName": contract.nickname,
        "Quantity": contract.quantity,
        "Status": contract.status,
        "AutoRenewEnabled": contract.auto_renew,
    }


def _cases(today: date) -> Iterator[Event]:
    """Yield events that failed, belong together, have no person, no customer or no name, or are
    older than the source keeps; and one with all that is secret.
    """
    words, airline = planted_in(AUDIT.name), "Blue Yonder Airlines"
    near = today - timedelta(days=4)
    yield Event(near, airline, "order", "create_order", "failed", status="failed")
    for at, (resource, operation) in enumerate(
        (
            ("order", "create_order"),
            ("subscription", "update_subscription"),
            ("license", "update_customer_user_licenses"),
        )
    ):
        yield Event(near, airline, resource, operation, f"three {at}", correlation="three")
    yield Event(today - timedelta(days=9), "", "partner_user", "add_user_member", "role", _ADMIN)
    yield Event(
        today - timedelta(days=12), airline, "license", "update_customer_user_licenses", "program",
        who="", named=False,
    )  # fmt: skip
    yield Event(today - timedelta(days=100), airline, "customer", "add_customer", "old", _ADMIN)
    yield Event(
        today - timedelta(days=20), "Relecloud", "granular_admin_relationship",
        "granular_admin_relationship_expired", "gdap", who="",
    )  # fmt: skip
    yield Event(
        today - timedelta(days=30), "Woodgrove Bank", "customer", "update_customer_spending_budget",
        "budget", _ADMIN, status="progress",
    )  # fmt: skip
    yield Event(
        today - timedelta(days=2),
        "Contoso",
        "customer_user",
        "update_customer_user",
        "planted",
        words["who"],
        old={"DisplayName": words["old_value"]},
        new={"DisplayName": words["new_value"]},
        details={"CustomerUserPrincipalName": words["details"]},
    )


def _record(event: Event) -> Item:
    key = made_up_id(f"{event.day} {event.customer} {event.operation} {event.about}")
    minutes = int(key[:4], 16) % 540
    moment = datetime.combine(event.day, time(8, 0)) + timedelta(minutes=minutes)
    tenant = made_up_tenant(event.customer) if event.customer else None
    related = made_up_id(f"{event.day} {event.correlation}") if event.correlation else key
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
