"""What may be sent: a megabyte at most, plain, of two types, within its time, and whole."""

import asyncio
import tracemalloc
from dataclasses import replace

import pytest

from bot.gate import LARGEST
from tests.answering.instruments import Log
from tests.gate.serving import Served
from tests.gate.signing import BODY, FORM, Wire, signed
from tests.gate.talking import Said, heard, sent

CHUNKED = (b"Transfer-Encoding", b"chunked")
LENGTH = b"Content-Length"
TYPE = b"Content-Type"


def chunked(body: bytes, size: int) -> Wire:
    """Signed, and sent in chunks."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    sent_as = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    return replace(signed(body).without(LENGTH).having(*CHUNKED), body=sent_as + b"0\r\n\r\n")


async def test_a_megabyte_is_admitted_and_a_byte_more_is_not(served: Served) -> None:
    body = b"x" * LARGEST
    assert await sent(served.port, bytes(signed(body))) == Said(200, b"", {})
    assert await sent(served.port, bytes(signed(body + b"x"))) == Said(413, b"", {})
    assert (served.effects, served.refused()) == ([body], {"size": 1})


async def test_an_announced_flood_is_refused_before_it_comes(served: Served) -> None:
    for length in (LARGEST + 1, 10**12, 2**63):
        wire = signed(b"").saying(LENGTH, b"%d" % length)
        assert await sent(served.port, bytes(wire)) == Said(413, b"", {})
    assert served.refused() == {"size": 3}


async def test_chunks_are_put_together(served: Served) -> None:
    for size in (1, 7, len(BODY)):
        assert await sent(served.port, bytes(chunked(BODY + b"%d" % size, size))) == Said(
            200, b"", {}
        )
    assert served.effects == [BODY + b"1", BODY + b"7", BODY + b"%d" % len(BODY)]


async def test_a_megabyte_in_chunks_is_admitted_and_a_byte_more_is_not(served: Served) -> None:
    body = b"x" * LARGEST
    assert await sent(served.port, bytes(chunked(body, 65_536))) == Said(200, b"", {})
    assert await sent(served.port, bytes(chunked(body + b"x", 65_536))) == Said(413, b"", {})
    assert (served.effects, served.refused()) == ([body], {"size": 1})


async def test_endless_chunks_are_cut_off_and_never_gathered(served: Served) -> None:
    wire = replace(signed().without(LENGTH).having(*CHUNKED), body=b"")
    piece = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    tracemalloc.start()
    said = await sent(served.port, bytes(wire), *[piece] * 1000)  # 65 MB
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (said, served.refused()) == (Said(413, b"", {}), {"size": 1})
    assert peak < 8 * LARGEST


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "identity", "x", ""])
async def test_a_packed_body_is_not_unpacked(served: Served, name: str, logged: Log) -> None:
    wire = signed().having(b"Content-Encoding", name.encode())
    assert await sent(served.port, bytes(wire)) == Said(415, b"", {})
    assert (served.effects, served.refused(), logged()) == ([], {"encoding": 1}, [])


@pytest.mark.parametrize(
    "kind",
    [
        FORM,
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json ;x",
    ],
)
async def test_forms_and_json_are_admitted(served: Served, kind: str) -> None:
    assert await sent(served.port, bytes(signed().saying(TYPE, kind.encode()))) == Said(
        200, b"", {}
    )


KINDS = {
    "none": signed().without(TYPE),
    **{
        word.decode("latin-1") or "empty": signed().saying(TYPE, word)
        for word in (
            b"",
            b"text/plain",
            b"multipart/form-data; boundary=x",
            b"application/json, text/plain",
            b"application/jsonx",
            b"application/xml",
            b"json",
            b"/",
            b";application/json",
            b"\xff\xff",
        )
    },
}


@pytest.mark.parametrize("wire", KINDS.values(), ids=KINDS)
async def test_other_types_are_refused_though_signed(served: Served, wire: Wire) -> None:
    assert await sent(served.port, bytes(wire)) == Said(415, b"", {})
    assert (served.effects, served.refused()) == ([], {"type": 1})


async def test_a_body_that_does_not_come_is_waited_for_so_long_only(served: Served) -> None:
    served.patience = 0.2
    wire = replace(signed(), body=BODY[:5])
    assert await sent(served.port, bytes(wire)) == Said(401, b"", {})
    assert (served.effects, served.refused()) == ([], {"slow": 1})


async def test_a_body_that_drips_gets_no_more_time_than_one_that_does_not_come(
    served: Served,
) -> None:
    served.patience = 0.3
    begun = asyncio.get_running_loop().time()
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(bytes(replace(signed(), body=b"")))
    listening = asyncio.create_task(heard(reader))
    while not listening.done():
        writer.write(b"x")
        await asyncio.sleep(0.05)
        assert asyncio.get_running_loop().time() < begun + 5
    writer.close()
    assert (await listening, served.refused()) == (Said(401, b"", {}), {"slow": 1})


async def test_a_body_cut_short_has_no_effect(served: Served, logged: Log) -> None:
    assert await sent(served.port, bytes(replace(signed(), body=BODY[:5])), ends=True) is None
    for _ in range(200):  # nobody is left to be answered: only the count can be waited for
        await asyncio.sleep(0 if served.refused() else 0.01)
    assert (served.effects, served.refused(), logged()) == ([], {"cut": 1}, [])


async def test_an_empty_body_can_be_signed_too(served: Served) -> None:
    assert await sent(served.port, bytes(signed(b""))) == Said(200, b"", {})
    assert served.effects == [b""]
