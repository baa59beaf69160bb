"""The documented examples, and a server that answers with them as they are."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from analytics.sources.partner_center.client import Client
from analytics.sources.partner_center.page_model import Bearer, Call, Paging
from tests.partner_center.connecting import Kept, Waits, access, throttled

SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Endpoint:
    """What the documentation says of one, and its examples: those of a list in their order."""

    endpoint: str
    method: str
    path: str
    paging: str
    samples: tuple[str, ...]
    documented: frozenset[str]
    absent: frozenset[str]
    undocumented: frozenset[str]

    @property
    def call(self) -> Call:
        """The same, as the client asks."""
        return Call(self.path, Paging(self.paging), Bearer.USER)


def endpoints() -> list[Endpoint]:
    """All that have an example."""
    said = json.loads((SAMPLES / "fields.json").read_text("utf-8"))
    sets = ("documented", "absent", "undocumented")
    return [
        Endpoint(
            **{name: frozenset(each[name]) if name in sets else each[name] for name in each}
            | {"samples": tuple(each["samples"])}
        )
        for each in said
    ]


def written(sample: str) -> str:
    """One example, as it is written."""
    return (SAMPLES / sample).read_text("utf-8")


def body(sample: str) -> Any:
    """One example."""
    return json.loads(written(sample))


def listed(said: Any) -> list[Any] | None:
    """The items of an example; None where it is a bare object."""
    if isinstance(said, list):
        return said
    return next((said[name] for name in ("items", "Value", "value") if name in said), None)


def continued(sample: str) -> bool:
    """Whether it is the page after another one of the examples."""
    return sample.endswith("page-2.json")


_NOTHING = '{"totalCount": 0, "items": []}'


@asynccontextmanager
async def showing(answers: Mapping[str, str]) -> AsyncIterator[Client]:
    """A client of a server that answers `""` first and what is there for an offset or a
    continuation token then: `next`; with an empty list where there is none.
    """

    async def answered(request: web.Request) -> web.Response:
        if request.path.endswith("/oauth2/token"):
            return web.Response(text=written("post__oauth2__token--refresh-token.json"))
        later = "MS-ContinuationToken" in request.headers or "offset" in request.query
        return web.Response(text=answers.get("next", _NOTHING) if later else answers[""])

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answered)
    async with TestServer(app, host="127.0.0.1") as server:
        address = f"http://127.0.0.1:{server.port}"
        async with Client(access(address), Kept(), throttle=throttled(Waits())) as client:
            yield client
