"""Requests that nobody honest would send, by the thousand; the seed says which."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from tests.gate.signing import BODY, Wire, signed

_METHODS = (b"GET", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"TRACE", b"post", b"BREW")
_WORDS = (
    *(b"", b"v0=", b"v1=" + b"0" * 64, b"v0=" + b"g" * 64, b"0" * 64, b"null", b"-1", b"1e400"),
    *(b"9" * 12, b"9" * 300, b"\xff\xfe", "é١２".encode(), b"%s%n", b"../../etc/passwd", b"' OR 1"),
    *(b"application/json", b"text/xml", b"gzip, br", b"chunked", b"close", b"keep-alive"),
)
_NAMES = (
    *(b"Content-Type", b"Content-Encoding", b"X-Slack-Signature", b"X-Slack-Request-Timestamp"),
    *(b"Accept-Encoding", b"Connection", b"Cookie", b"Range", b"If-Match", b"X-Slack-Retry-Num"),
)


def _stranger(random: Random) -> Wire:
    """Well made in every way, by somebody without the secret."""
    body = random.choice((b"", BODY, b"{}", b"[" * 5000, b"\xff" * 300, random.randbytes(2000)))
    return signed(body, before=random.randint(-400, 400), by=f"stranger {random.random()}")


def _changed(random: Random) -> Wire:
    wire, at = signed(), random.randrange(len(BODY))
    return replace(wire, body=BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :])


def _old(random: Random) -> Wire:
    return signed(before=random.choice((-1, 1)) * random.randint(301, 10**9))


def _mixed_up(random: Random) -> Wire:
    """A stranger's, with headers said otherwise, twice, or not at all."""
    wire = _stranger(random)
    for _ in range(random.randint(1, 4)):
        change = random.choice((wire.saying, wire.having))
        wire = change(random.choice(_NAMES), random.choice(_WORDS))
        if random.random() < 0.3:
            wire = wire.without(random.choice(_NAMES))
    return wire


def _chunked(random: Random) -> Wire:
    pieces = [random.randbytes(random.randint(1, 300)) for _ in range(random.randint(0, 9))]
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    wire = _stranger(random).without(b"Content-Length").having(b"Transfer-Encoding", b"chunked")
    return replace(wire, body=body + b"0\r\n\r\n")


def _other_method(random: Random) -> Wire:
    return replace(signed(), line=random.choice(_METHODS) + b" /slack/events HTTP/1.1")


def _rotten(random: Random) -> Wire:
    """A stranger's, with some bytes of one header gone bad."""
    wire = _stranger(random)
    at = random.randrange(len(wire.headers))
    name, value = wire.headers[at]
    if name != b"Content-Length":  # or the server would rightly wait for more
        place = random.randrange(len(value) + 1)
        value = value[:place] + random.randbytes(random.randint(1, 3)) + value[place:]
    return replace(wire, headers=(*wire.headers[:at], (name, value), *wire.headers[at + 1 :]))


_KINDS: tuple[Callable[[Random], Wire], ...] = (
    *(_stranger, _changed, _old, _mixed_up, _mixed_up, _chunked, _other_method, _rotten),
)


def hostile(seed: int, count: int) -> Iterator[bytes]:
    """So many requests, none of which Slack could have sent."""
    random = Random(seed)  # noqa: S311 the same requests in every run, not secrets
    for _ in range(count):
        yield bytes(random.choice(_KINDS)(random))
