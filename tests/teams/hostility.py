"""Requests to the address of Teams that nobody honest would send, by the thousand; the seed says
which.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from random import Random

from tests.gate.signing import Wire
from tests.teams.signing import claims, packed, token
from tests.teams.speaking import PATH, activity

_LINE = f"POST {PATH} HTTP/1.1".encode()
_METHODS = (b"GET", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"TRACE", b"post", b"BREW")
_WORDS = (
    *(b"", b"Bearer", b"Bearer a.b.c", b"Bearer " + b"A" * 4000, b"Basic YTpi", b"Digest x"),
    *(b"\xff\xfe", "é١٢".encode(), b"%s%n", b"../../etc/passwd", b"' OR 1", b"null", b"-1"),
    *(b"application/json", b"text/xml", b"gzip, br", b"chunked", b"close", b"keep-alive"),
)
_NAMES = (
    *(b"Content-Type", b"Content-Encoding", b"Authorization", b"ChannelId", b"X-Ms-Tenant-Id"),
    *(b"Accept-Encoding", b"Connection", b"Cookie", b"Range", b"If-Match", b"MS-CV"),
)
_STRANGERS = 3


def wire(body: bytes, bearer: bytes) -> Wire:
    """A request as Bot Framework sends it."""
    return Wire(
        (
            (b"Host", b"127.0.0.1"),
            (b"Content-Type", b"application/json; charset=utf-8"),
            (b"Content-Length", b"%d" % len(body)),
            (b"Authorization", b"Bearer " + bearer),
        ),
        body,
        _LINE,
    )


@lru_cache(64)
def _token(url: str, key: str, kid: str, ends: int) -> bytes:
    """Signing takes a millisecond: the same few serve all."""
    return token(claims(url, exp=int(time.time()) + ends), key, kid=kid).encode()


class Hostile:
    """Everybody but Microsoft."""

    def __init__(self, service_url: str, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 the same requests in every run, not secrets
        self.url = service_url

    def body(self) -> bytes:
        """An activity, or what pretends to be one."""
        odd = ([], {"a": [[[]]]}, "x" * 500, None, -1, 1e308, True)
        whole = activity(self.url)
        for name in self.random.sample(sorted(whole), self.random.randint(0, 3)):
            whole[name] = self.random.choice(odd)
        choice = self.random.choice
        return choice((json.dumps(whole).encode(), b"", b"{}", b"[" * 5000, b"\xff" * 300))

    def stranger(self) -> Wire:
        """Well made in every way, signed by somebody else as if by a known key, or an unknown."""
        name = f"stranger {self.random.randrange(_STRANGERS)}"
        kid = self.random.choice(("first", name, "../keys", "x" * 190))
        return wire(self.body(), _token(self.url, name, kid, 3600))

    def old(self) -> Wire:
        return wire(self.body(), _token(self.url, "first", "first", -3600))

    def broken(self) -> Wire:
        """Microsoft's own, but for one character that counts."""
        bearer = _token(self.url, "first", "first", 3600)
        at = self.random.randrange(len(bearer) - 2)
        other = self.random.choice(b"abcxyz019-_.")
        changed = bearer[:at] + bytes([other if other != bearer[at] else 0x41]) + bearer[at + 1 :]
        return wire(self.body(), changed)

    def made_up(self) -> Wire:
        """Parts of a token that never were one."""
        odd = (b"{}", b"[]", b"null", b"{" * 99, b'{"alg": "none"}', b'{"alg": "HS256", "kid": []}')
        parts = [packed(self.random.choice((*odd, self.random.randbytes(30)))) for _ in range(3)]
        return wire(self.body(), ".".join(parts).encode())

    def unfit(self) -> Wire:
        """A good token, and a body that is none, or from elsewhere."""
        bodies = (b"", b"{", b"[]", b"[" * 70, b'{"type": 1}', b"\xff\xfe", b'{"a": NaN}')
        elsewhere = json.dumps(activity("https://smba.trafficmanager.net/emea/")).encode()
        good = _token(self.url, "first", "first", 3600)
        return wire(self.random.choice((*bodies, elsewhere)), good)

    def mixed_up(self) -> Wire:
        """A stranger's, with headers said otherwise, twice, or not at all."""
        made = self.stranger()
        for _ in range(self.random.randint(1, 4)):
            change = self.random.choice((made.saying, made.having))
            made = change(self.random.choice(_NAMES), self.random.choice(_WORDS))
            if self.random.random() < 0.3:
                made = made.without(self.random.choice(_NAMES))
        return made

    def other_method(self) -> Wire:
        method = self.random.choice(_METHODS)
        good = _token(self.url, "first", "first", 3600)
        return replace(wire(self.body(), good), line=method + _LINE[4:])

    def rotten(self) -> Wire:
        """A stranger's, with some bytes of one header gone bad."""
        made = self.stranger()
        at = self.random.choice((0, 1, 3))
        name, value = made.headers[at]
        place = self.random.randrange(len(value) + 1)
        noise = self.random.randbytes(self.random.randint(1, 3))
        bad = (name, value[:place] + noise + value[place:])
        return replace(made, headers=(*made.headers[:at], bad, *made.headers[at + 1 :]))


KINDS: tuple[Callable[[Hostile], Wire], ...] = (
    *(Hostile.stranger, Hostile.old, Hostile.broken, Hostile.made_up, Hostile.unfit),
    *(Hostile.mixed_up, Hostile.other_method, Hostile.rotten),
)


def hostile(service_url: str, seed: int, count: int) -> Iterator[bytes]:
    """So many requests, none of which Bot Framework could have sent."""
    somebody = Hostile(service_url, seed)
    for _ in range(count):
        yield bytes(somebody.random.choice(KINDS)(somebody))
