"""What is not HTTP, or two things at once: aiohttp turns it away, and nothing of it is written."""

from dataclasses import replace

import pytest

from tests.answering.instruments import Log
from tests.gate.serving import Served
from tests.gate.signing import BODY, seconds, signature, signed
from tests.gate.talking import Said, all_said, sent

HEAD = b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
WHOLE = signed()
CHUNKED = b"Transfer-Encoding"
BROKEN_CHUNKS = replace(WHOLE.without(b"Content-Length").having(CHUNKED, b"chunked"), body=b"")
LATER = (b"5\r\nsecr", b"etoo much\r\n")
"""A chunk longer than it said, in two pieces: the gate reads already when the second comes."""

UNREADABLE = {
    "noise": (b"\x00\xffsecret\r\n\r\n",),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03secret",),
    "another protocol": (b"secret / SSH-2.0\r\n\r\n",),
    "no version": (b"POST /slack/events\r\nsecret: x\r\n\r\n",),
    "a header without a colon": (HEAD + b"secret\r\n\r\n",),
    "a NUL in a header": (HEAD + b"X: secret\x00\r\n\r\n",),
    "a bare CR in a header": (HEAD + b"X: secret\rY: z\r\n\r\n",),
    "a header over two lines": (HEAD + b"X: secret\r\n more\r\n\r\n",),
    "a space before the colon": (HEAD + b"X : secret\r\n\r\n",),
    "an enormous header": (HEAD + b"X: " + b"secret" * 5000 + b"\r\n\r\n",),
    "ten thousand headers": (HEAD + b"X: secret\r\n" * 10_000 + b"\r\n",),
    "an enormous path": (b"POST /" + b"secret" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",),
    "two lengths": (bytes(WHOLE.having(b"Content-Length", b"1")),),
    "the same length twice": (bytes(WHOLE.having(b"Content-Length", b"%d" % len(BODY))),),
    "lengths in a list": (bytes(WHOLE.saying(b"Content-Length", b"1, 1")),),
    "a negative length": (bytes(WHOLE.saying(b"Content-Length", b"-5")),),
    "a hexadecimal length": (bytes(WHOLE.saying(b"Content-Length", b"0x10")),),
    "an unending length": (bytes(WHOLE.saying(b"Content-Length", b"9" * 40)),),
    "a length and chunks": (bytes(WHOLE.having(CHUNKED, b"chunked")),),
    "chunks and a length": (bytes(BROKEN_CHUNKS.having(b"Content-Length", b"5")),),
    "chunks twice": (bytes(BROKEN_CHUNKS.having(CHUNKED, b"chunked")),),
    "chunks but not last": (bytes(WHOLE.having(CHUNKED, b"chunked, identity")),),
    "no chunk": (bytes(BROKEN_CHUNKS), b"secret\r\n"),
    "a chunk longer than it said": (bytes(BROKEN_CHUNKS), b"3\r\nsecret\r\n"),
    "a chunk that goes wrong later": (bytes(BROKEN_CHUNKS), *LATER),
    "a chunk of negative size": (bytes(BROKEN_CHUNKS), b"-3\r\nsecret\r\n"),
    "a chunk of enormous size": (bytes(BROKEN_CHUNKS), b"f" * 40 + b"\r\nsecret"),
    "a type twice": (bytes(WHOLE.having(b"Content-Type", b"application/json")),),
    "a host twice": (bytes(WHOLE.having(b"Host", b"secret")),),
}


@pytest.mark.parametrize("pieces", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_is_turned_away_in_silence(
    served: Served,
    pieces: tuple[bytes, ...],
    logged: Log,
    capfd: pytest.CaptureFixture[str],
) -> None:
    said = await sent(served.port, *pieces)
    assert said is not None
    assert said.status in (400, 401, 413, 415)
    assert (served.effects, logged(), capfd.readouterr()) == ([], [], ("", ""))
    assert await sent(served.port, bytes(signed())) == Said(200, b"", {})


SMUGGLED = bytes(signed(b"text=smuggled"))
NO_LENGTH = replace(WHOLE.without(b"Content-Length"), body=b"")
UPGRADE = signed(by="x").having(b"Connection", b"Upgrade").having(b"Upgrade", b"websocket")
FIRST = {
    "nothing": (b"", []),
    "a body without length": (bytes(NO_LENGTH), [401]),
    "a forged one": (bytes(signed(by="somebody")), [401]),
    "an upgrade": (bytes(UPGRADE), [401]),
    "a long one": (bytes(signed(b"x" * 100_000, by="somebody")), [401]),
}


@pytest.mark.parametrize(("first", "refused"), FIRST.values(), ids=FIRST)
async def test_a_pipelined_request_stands_by_its_own_signature(
    served: Served, first: bytes, refused: list[int]
) -> None:
    forged = SMUGGLED.replace(b"text=", b"TEXT=")
    said = await all_said(served.port, first + forged + SMUGGLED + SMUGGLED)
    assert (said, served.effects) == ([*refused, 401, 200, 200], [b"text=smuggled"])


@pytest.mark.parametrize("name", [b"Transfer_Encoding", b"X-Transfer-Encoding", b"TE"])
async def test_a_disguised_transfer_encoding_hides_no_request(served: Served, name: bytes) -> None:
    """The body is as long as its length says: what looks like a request in it stays its bytes."""
    inner = b"0\r\n\r\n" + SMUGGLED
    assert await all_said(served.port, bytes(signed(inner).having(name, b"chunked"))) == [200]
    assert served.effects == [inner]


async def test_http_1_0_is_answered_and_hung_up(served: Served) -> None:
    old = replace(signed(), line=b"POST /slack/events HTTP/1.0")
    assert await sent(served.port, bytes(old)) == Said(200, b"", {})
    forged = replace(signed(by="x"), line=b"POST /slack/events HTTP/1.0")
    assert await sent(served.port, bytes(forged)) == Said(401, b"", {})
    assert served.effects == [BODY]


async def test_a_body_without_any_length_is_none_of_the_request(served: Served) -> None:
    """Though the signature of nothing be right: what follows spoils it."""
    wire = WHOLE.without(b"Content-Length").saying(
        b"X-Slack-Signature", signature(b"", seconds()).encode()
    )
    assert await all_said(served.port, bytes(wire)) == [400]
    assert served.effects == []


async def test_a_length_too_short_admits_nothing(served: Served) -> None:
    wire = signed().saying(b"Content-Length", b"%d" % (len(BODY) - 1))
    assert await all_said(served.port, bytes(wire)) == [400]
    assert served.effects == []


async def test_who_expects_a_word_first_gets_it_and_is_judged_then(served: Served) -> None:
    wire = signed(by="x").having(b"Expect", b"100-continue")
    said = await sent(served.port, bytes(wire))
    assert (said, served.effects) == (Said(100, b"", {}), [])
    odd = await sent(served.port, bytes(signed().having(b"Expect", b"secret")))
    assert (odd and odd.status, served.effects) == (417, [])


async def test_unreadable_requests_are_counted(served: Served) -> None:
    for name in ("two lengths", "a length and chunks", "noise"):
        await sent(served.port, *UNREADABLE[name])
    assert served.refused() == {"unreadable": 3}


async def test_trouble_of_our_own_is_told_without_its_words(
    served: Served, logged: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    served.trouble = ValueError("secret")
    said = await sent(served.port, bytes(signed()))
    assert said is not None
    assert said.status == 500
    (line,) = logged()
    assert (line["event"], line["error"]) == ("server trouble", "ValueError")
    assert ("secret" in str(line) + str(said), capfd.readouterr()) == (False, ("", ""))
