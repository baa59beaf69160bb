"""Tokens as Microsoft signs them, or as somebody else does, and the server that has the keys."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

APP = "5a3c7f5e-0000-4000-8000-00000000a001"
TENANT = "7c0e9b7e-0000-4000-8000-00000000b001"
PASSWORD = "a password of this test's own"
ISSUER = "https://api.botframework.com"


@lru_cache
def private_key(name: str) -> RSAPrivateKey:
    """One key for each name; the name is its id."""
    return generate_private_key(65537, 2048)


def jwk(
    name: str, endorsements: tuple[str, ...] = ("msteams", "webchat"), public: Any = None
) -> dict[str, Any]:
    """The public half as it is published; another process's where that is given."""
    made = RSAAlgorithm.to_jwk(public or private_key(name).public_key(), as_dict=True)
    return {**made, "kid": name, "x5t": name, "use": "sig", "endorsements": list(endorsements)}


def claims(service_url: str, now: float | None = None, **changes: Any) -> dict[str, Any]:
    """What Bot Connector says in a token; a change to None leaves a claim out."""
    at = int(time.time() if now is None else now)
    said = {
        "serviceurl": service_url,
        "nbf": at,
        "exp": at + 3600,
        "iss": ISSUER,
        "aud": APP,
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def token(said: dict[str, Any], key: str = "first", **header: Any) -> str:
    """Signed with the key of this name."""
    return jwt.encode(said, private_key(key), "RS256", {"kid": key, **header})


def packed(part: Any) -> str:
    """A token's part, whatever it is."""
    text = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def by_secret(said: dict[str, Any], secret: bytes, kid: str = "first") -> str:
    """Signed by HS256, as if the public key were a secret."""
    head = packed({"alg": "HS256", "typ": "JWT", "kid": kid}) + "." + packed(said)
    seal = hmac.new(secret, head.encode(), hashlib.sha256).digest()
    return f"{head}.{packed(seal)}"


@dataclass
class KeyServer:
    """Where the keys are published; what a test sets is how it behaves."""

    keys: list[dict[str, Any]] = field(default_factory=lambda: [jwk("first")])
    address: str = ""
    """Where the document says that the keys are; empty for where they are."""
    redirects: str = ""
    body: bytes | None = None
    """What the document is instead."""
    status: int = 200
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Unset, it does not answer."""
    calls: Counter[str] = field(default_factory=Counter)

    def add_to(self, app: web.Application) -> None:
        self.open.set()
        app.router.add_get("/openid", self.document)
        app.router.add_get("/keys", self.published)

    async def document(self, request: web.Request) -> web.Response:
        self.calls["document"] += 1
        await self.open.wait()
        if self.redirects:
            raise web.HTTPFound(self.redirects)
        if self.body is not None:
            return web.Response(body=self.body, status=self.status)
        keys = self.address or str(request.url.with_path("/keys"))
        return web.json_response({"issuer": ISSUER, "jwks_uri": keys}, status=self.status)

    async def published(self, request: web.Request) -> web.Response:
        self.calls["keys"] += 1
        return web.json_response({"keys": self.keys})
