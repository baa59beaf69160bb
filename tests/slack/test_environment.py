"""Only this program's own settings decide."""

import pytest

from bot.wiring import Installation
from tests.slack.standin import StandIn
from tests.slack.talking import talking, texts


async def test_variables_that_switch_things_on_inside_the_library_change_nothing(
    seated: Installation, standin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "BOT_TOKEN", "SIGNING_SECRET", "APP_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "somebody else's")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with talking(seated, standin) as chat:
        [words, _] = await chat.asked("UADA", "/usage contoso", 2)
    assert "Contoso" in texts(words)[0]
    assert standin.sockets == []


async def test_a_prefix_renames_every_command(seated: Installation, standin: StandIn) -> None:
    async with talking(seated, standin, prefix="csp-") as chat:
        [plain] = await chat.asked("UADA", "/csp-whoami")
        [long] = await chat.asked("UADA", "/csp-seatwise whoami")
    assert texts(plain) == texts(long)
    assert "slack:T1:UADA" in texts(plain)[0]
