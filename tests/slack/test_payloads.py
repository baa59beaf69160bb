"""Payloads of any shape: read, or refused as unreadable, and never anything else."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.customer_menu import customer_search
from bot.slack.deduplication import delivery
from bot.slack.events import event_of
from bot.slack.forms import faults, submitted_command
from bot.slack.inbound import Reader, UnreadablePayload, button_press, typed_question
from tests.conftest import NOW
from tests.slack.speaking import mention, message
from tests.slack.test_choosing import typing
from tests.slack.test_forms import filled

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=4,
)
PRESS = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T1"},
    "channel": {"id": "C1"},
    "container": {"type": "message", "thread_ts": "1.2"},
    "message": {"thread_ts": "1.2"},
    "actions": [{"type": "button", "action_id": "press-0", "value": "b"}],
}
READERS: list[tuple[Callable[[dict[str, Any]], object], dict[str, Any]]] = [
    (lambda payload: event_of(payload, "UBOT", NOW), mention("UADA", "usage")),
    (lambda payload: event_of(payload, "", NOW), message("UADA", "usage")),
    (lambda payload: submitted_command(payload, Reader(), "a1"), filled(until="2026-12-31")),
    (lambda payload: faults(payload, NOW), filled(customers=["Contoso"])),
    (lambda payload: button_press(payload, Reader(), "a1"), PRESS),
    (lambda payload: typed_question(payload, Reader(), "a1"), {"user_id": "U1", "team_id": "T1"}),
    (lambda payload: customer_search(payload, "a1"), typing("UADA", "con")),
    (delivery, {"event_id": "Ev1"}),
]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container within, and a key or index in it."""
    if isinstance(value, dict):
        keys: list[Any] = list(value)
    else:
        keys = list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [p for key in keys for p in places(value[key])]


def copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    return [copied(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("read", "payload"), READERS)
@given(data=st.data())
def test_a_payload_with_anything_in_one_of_its_places_is_read_or_unreadable(
    read: Callable[[dict[str, Any]], object], payload: dict[str, Any], data: st.DataObject
) -> None:
    changed = copied(payload)
    where, key = data.draw(st.sampled_from(places(changed)))
    where[key] = data.draw(ANYTHING)
    with suppress(UnreadablePayload):
        read(changed)
