"""Requests as Slack signs them, and the bytes they are on the wire."""

import hmac
from dataclasses import dataclass, replace
from datetime import UTC, datetime

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
"""The signing secret of Slack's own documentation."""

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BODY = b"command=%2Fusage&text=contoso&user_id=U1&team_id=T1"
FORM = "application/x-www-form-urlencoded"


def signature(body: bytes, timestamp: str, by: str = SECRET) -> str:
    """As Slack makes it, or somebody who holds another secret."""
    sealed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(by.encode(), sealed, "sha256").hexdigest()


def seconds(before: int = 0) -> str:
    """The timestamp of so many seconds ago."""
    return str(int(NOW.timestamp()) - before)


@dataclass(frozen=True)
class Wire:
    """A request as it is sent; header names and values are bytes, in order, perhaps twice."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes = BODY
    line: bytes = b"POST /slack/events HTTP/1.1"

    def __bytes__(self) -> bytes:
        written = b"".join(name + b": " + value + b"\r\n" for name, value in self.headers)
        return self.line + b"\r\n" + written + b"\r\n" + self.body

    def without(self, *names: bytes) -> "Wire":
        """Lacking these headers."""
        return replace(self, headers=tuple(h for h in self.headers if h[0] not in names))

    def having(self, name: bytes, value: bytes) -> "Wire":
        """With one header more, even if there is one of that name."""
        return replace(self, headers=(*self.headers, (name, value)))

    def saying(self, name: bytes, value: bytes) -> "Wire":
        """With this header instead."""
        return self.without(name).having(name, value)


def signed(
    body: bytes = BODY, before: int = 0, by: str = SECRET, timestamp: str | None = None
) -> Wire:
    """A request that Slack signed so many seconds ago."""
    stamp = seconds(before) if timestamp is None else timestamp
    return Wire(
        (
            (b"Host", b"127.0.0.1"),
            (b"Content-Type", FORM.encode()),
            (b"Content-Length", b"%d" % len(body)),
            (b"X-Slack-Request-Timestamp", stamp.encode()),
            (b"X-Slack-Signature", signature(body, stamp, by).encode()),
        ),
        body,
    )
