"""What becomes of values in sentences: numbers, instants and names."""

from datetime import datetime

from handlers.messages.speaker import speaker

SAY = speaker("en")


def test_a_little_is_never_said_to_be_nothing() -> None:
    assert [SAY.percent(share) for share in (0.0, 0.0004, 0.001)] == ["0%", "<0.1%", "0.1%"]


def test_a_change_has_its_sign() -> None:
    assert [SAY.signed_number(change) for change in (1200, -3, 0)] == ["+1,200", "−3", "0"]


def test_an_instant_is_said_in_utc_whatever_zone_it_is_written_in() -> None:
    tokyo = datetime.fromisoformat("2026-11-22T18:30:00+09:00")
    assert SAY.moment(tokyo) == "22 Nov 2026, 09:30 UTC"


def test_what_nobody_sees_of_a_name_is_not_said() -> None:
    said = SAY("usage-topic", customer="Con\u202etoso\x00", topic="E3")
    assert said == "Contoso (E3)"
