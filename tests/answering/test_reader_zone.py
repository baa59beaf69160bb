"""Moments stand by the clocks of their reader's zone, with its offset."""

from dataclasses import replace

import pytest

from bot.wiring import Installation
from tests.answering.asking import asked, replied
from tests.answering.unfolded import unfolded_text


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("UTC", "18 Nov 2026, 10:20 UTC "),
        ("Asia/Tokyo", "18 Nov 2026, 19:20 UTC+09:00"),
        ("America/New_York", "18 Nov 2026, 05:20 UTC-05:00"),
    ],
)
async def test_the_activity_log_is_told_by_the_readers_clock(
    installation: Installation, zone: str, moment: str
) -> None:
    ask = replace(asked("/activity blue yonder"), zone=zone)
    told = unfolded_text(await replied(ask, installation.backend))
    assert moment in told
