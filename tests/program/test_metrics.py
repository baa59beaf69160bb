"""What an operator watches, after questions were asked."""

from bot.metrics import Metrics
from bot.wiring import Installation
from tests.answering.asking import asked


async def _numbers(installation: Installation) -> dict[str, float]:
    lines = installation.metrics.text().decode().splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in pairs}


async def test_questions_are_counted_by_command_and_outcome(installation: Installation) -> None:
    for text, who in (
        ("/usage contoso", "ada"),
        ("/usage", "ada"),
        ("/usage", "ben"),
        ("so?", "ben"),
    ):
        await installation.delivery.ask(asked(text, who))
    numbers = await _numbers(installation)
    counted = {
        name.removeprefix("seatwise_questions_total"): count
        for name, count in numbers.items()
        if name.startswith("seatwise_questions_total")
    }
    assert counted == {
        '{command="usage",outcome="answered"}': 2.0,
        '{command="usage",outcome="refused"}': 1.0,
        '{command="none",outcome="answered"}': 1.0,
    }


async def test_answers_are_timed_by_platform(installation: Installation) -> None:
    await installation.delivery.ask(asked("/usage contoso"))
    numbers = await _numbers(installation)
    assert numbers['seatwise_answer_seconds_count{platform="page"}'] == 1.0
    assert 0 < numbers['seatwise_answer_seconds_sum{platform="page"}'] < 60


async def test_the_newest_snapshot_is_told_as_seconds(installation: Installation) -> None:
    """Made-up figures end on 21 November 2026."""
    await installation.delivery.ask(asked("/usage contoso"))
    numbers = await _numbers(installation)
    name = 'seatwise_newest_snapshot_timestamp_seconds{partner="own"}'
    assert numbers[name] == 1_795_219_200.0


async def test_no_customer_and_no_person_is_a_label(installation: Installation) -> None:
    for who in ("ada", "cleo"):
        await installation.delivery.ask(asked("/usage contoso", who))
    text = installation.metrics.text().decode().lower()
    assert [name for name in ("contoso", "ada", "cleo") if f'"{name}' in text] == []


def test_two_programs_in_one_process_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.count_unaudited()
    assert b"seatwise_audit_failures_total 1.0" in first.text()
    assert b"seatwise_audit_failures_total 0.0" in second.text()
