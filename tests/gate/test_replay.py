"""The same signed request again: from a thief, a retry, or fifty at once. One effect."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.gate import KEPT
from bot.replay_set import STORE_PATIENCE
from bot.store.database import open_database
from bot.store.replay_set import LEEWAY, ReplayStore
from tests.answering.instruments import Log, opened
from tests.gate.serving import Served, serving
from tests.gate.signing import BODY, NOW, seconds, signature, signed
from tests.gate.talking import Said, sent

FINE = Said(200, b"", {})


def kept(file: Path) -> int:
    """Rows in the replay set."""
    with opened(file) as connection:
        return int(connection.execute("SELECT count(*) FROM seen").fetchone()[0])


async def test_the_same_request_again_is_answered_and_has_no_effect(served: Served) -> None:
    for _ in range(3):
        assert await sent(served.port, bytes(signed())) == FINE
    assert (served.effects, served.refused()) == ([BODY], {"replayed": 2})


async def test_the_same_words_signed_anew_are_another_request(served: Served) -> None:
    for before in (0, 1, 2):
        assert await sent(served.port, bytes(signed(before=before))) == FINE
    assert (served.effects, served.refused()) == ([BODY] * 3, {})


async def test_fifty_at_once_are_one_effect(served: Served) -> None:
    said = await asyncio.gather(*(sent(served.port, bytes(signed())) for _ in range(50)))
    assert (said, served.effects) == ([FINE] * 50, [BODY])
    assert served.refused() == {"replayed": 49}


async def test_a_request_from_ahead_is_remembered_as_long_as_it_is_valid(served: Served) -> None:
    """Signed by a clock five minutes ahead, it stays valid for ten: to the last moment."""
    wire = bytes(signed(before=-300))
    assert await sent(served.port, wire) == FINE
    for minutes in (4, 8, 10):
        served.clock.now = NOW + timedelta(minutes=minutes)
        assert await sent(served.port, wire) == FINE
    served.clock.now += timedelta(microseconds=1)
    assert await sent(served.port, wire) == Said(401, b"", {})
    assert (served.effects, served.refused()) == ([BODY], {"replayed": 3, "age": 1})


async def test_old_requests_are_swept_in_passing(served: Served, file: Path) -> None:
    for before in range(20):
        await sent(served.port, bytes(signed(before=before)))
    assert kept(file) == 20
    served.clock.now = NOW + KEPT + LEEWAY + timedelta(seconds=1)
    await sent(served.port, bytes(signed(before=-600)))
    assert kept(file) == 1


async def test_what_is_kept_is_the_platform_and_the_signature(served: Served, file: Path) -> None:
    await sent(served.port, bytes(signed()))
    with opened(file) as connection:
        rows = connection.execute("SELECT platform, mark FROM seen").fetchall()
    assert rows == [("slack", signature(BODY, seconds()))]


async def test_a_refused_request_leaves_nothing_in_the_store(served: Served, file: Path) -> None:
    for wire in (signed(by="x"), signed(before=301), signed().without(b"Content-Type")):
        await sent(served.port, bytes(wire))
    assert kept(file) == 0


async def test_a_forged_copy_does_not_use_up_the_request(served: Served) -> None:
    forged = bytes(signed()).replace(b"user_id=U1", b"user_id=U2")
    assert await sent(served.port, forged) == Said(401, b"", {})
    assert await sent(served.port, bytes(signed())) == FINE
    assert served.effects == [BODY]


async def test_two_servers_on_one_store_share_what_they_have_seen(
    served: Served, file: Path
) -> None:
    engine = await open_database(f"sqlite+aiosqlite:///{file}")
    async with serving(Served(ReplayStore(engine))) as other:
        ports = [served.port, other.port] * 25
        said = await asyncio.gather(*(sent(port, bytes(signed())) for port in ports))
    await engine.dispose()
    assert (said, served.effects + other.effects) == ([FINE] * 50, [BODY])


async def test_with_a_broken_store_nothing_has_an_effect_and_the_request_may_come_again(
    served: Served, file: Path, logged: Log
) -> None:
    with opened(file) as connection:
        connection.execute("ALTER TABLE seen RENAME TO gone")
        assert await sent(served.port, bytes(signed())) == FINE
        assert (served.effects, served.unchecked) == ([], [BODY])
        assert served.refused() == {"store": 1}
        connection.execute("ALTER TABLE gone RENAME TO seen")
    assert await sent(served.port, bytes(signed())) == FINE
    assert served.effects == [BODY]
    (line,) = logged()
    assert (line["event"], line["error"]) == ("replay set does not answer", "ReplaySetUnavailable")


async def test_a_stranger_never_learns_that_the_store_is_broken(
    served: Served, file: Path, logged: Log
) -> None:
    with opened(file) as connection:
        connection.execute("DROP TABLE seen")
    assert await sent(served.port, bytes(signed(by="x"))) == Said(401, b"", {})
    assert (served.refused(), logged()) == ({"forged": 1}, [])


async def test_a_store_held_by_another_is_not_waited_for_longer_than_slack_waits(
    served: Served, file: Path
) -> None:
    loop = asyncio.get_running_loop()
    with opened(file) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = loop.time()
        assert await sent(served.port, bytes(signed())) == FINE
        assert served.unchecked == [BODY]
        assert STORE_PATIENCE <= loop.time() - begun < 3
        other.execute("COMMIT")
    assert await sent(served.port, bytes(signed(before=1))) == FINE
    assert served.effects == [BODY]
