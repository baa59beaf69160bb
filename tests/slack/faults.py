"""How Slack fails."""

import random
from dataclasses import dataclass

from aiohttp import web


@dataclass
class Chances:
    """How often, of one, a post answers 500 without effect, answers 429, or has its effect and no
    answer; the same each time for the same seed.
    """

    broken: float = 0.0
    busy: float = 0.0
    lost: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 no secret

    def drawn(self) -> str:
        """How this one fails; empty where it does not."""
        at = self._random.random()
        for failing, share in (("500", self.broken), ("429", self.busy), ("lost", self.lost)):
            if at < share:
                return failing
            at -= share
        return ""


def too_many(after: int = 0) -> web.Response:
    said = {"ok": False, "error": "ratelimited"}
    return web.json_response(said, status=429, headers={"Retry-After": str(after)})


def out_of_order(status: int = 503) -> web.Response:
    page = "<html><h1>Service Unavailable</h1></html>"
    return web.Response(text=page, status=status, content_type="text/html")


def hang_up(request: web.Request) -> None:
    """It was done; nobody hears of it."""
    assert request.transport is not None
    request.transport.close()
