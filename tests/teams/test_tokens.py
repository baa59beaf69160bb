"""Who is let in: whoever Microsoft signed for this bot, now, for that service address."""

import base64
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.answering.asking import Log
from tests.teams.signing import (
    APP,
    by_secret,
    claims,
    jwk,
    packed,
    private_key,
    token,
)
from tests.teams.speaking import Bot, activity

HEAD = {"alg": "RS256", "typ": "JWT", "kid": "first"}
URL = "the service address"
"""Stands for it where it is not known yet."""


def off(seconds: int) -> int:
    return int(time.time()) + seconds


def pem() -> bytes:
    return (
        private_key("first")
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )


def wrong_claims() -> dict[str, dict[str, Any]]:
    """What a token must not say; made when it is needed, for some of it is of now."""
    return {
        "expired": {"exp": off(-400)},
        "expired long ago": {"exp": 0},
        "not yet valid": {"nbf": off(400)},
        "never ends": {"exp": None},
        "ends at no moment": {"exp": "tomorrow"},
        "ends after all time": {"exp": 10**18},
        "ends at a truth value": {"exp": True},
        "ends at infinity": {"exp": float("inf")},
        "begins at no number": {"nbf": float("nan")},
        "another audience": {"aud": "5a3c7f5e-0000-4000-8000-00000000a002"},
        "several audiences": {"aud": [APP, "another"]},
        "no audience": {"aud": None},
        "another issuer": {"iss": "https://api.botframework.com.example"},
        "an issuer of Entra": {
            "iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
        },
        "no issuer": {"iss": None},
        "another service address": {"serviceurl": "https://smba.trafficmanager.net/emea/"},
        "no service address": {"serviceurl": None},
        "a service address in a list": {"serviceurl": [URL]},
    }


WRONG_KEYS: dict[str, dict[str, Any]] = {
    "a key nobody knows": {"key": "stranger"},
    "a key that says it is another": {"key": "stranger", "kid": "first"},
    "a key that is not endorsed": {"key": "skype"},
    "no key id": {"kid": None},
    "a key id that is a number": {"kid": 1},
    "a key id that is a path": {"kid": "../first"},
    "an extension that must be understood": {"crit": ["b64"], "b64": True},
}


def forged(said: dict[str, Any]) -> dict[str, str]:
    """Headers that are no proof of what is said."""
    good = token(said)
    head, body, seal = good.split(".")
    none = packed({"alg": "none", "typ": "JWT", "kid": "first"})
    inside = {**HEAD, "jwk": jwk("stranger"), "jku": "https://example.org/keys"}
    return {
        "unsigned": "",
        "no token": "Bearer",
        "a blank token": "Bearer ",
        "an empty token": "Bearer ..",
        "garbage": "Bearer garbage",
        "three pieces of garbage": "Bearer aaaa.bbbb.cccc",
        "no algorithm": f"Bearer {none}.{body}.",
        "no algorithm, with a signature": f"Bearer {none}.{body}.{seal}",
        "the public key as a secret": f"Bearer {by_secret(said, pem())}",
        "an empty secret": f"Bearer {by_secret(said, b'')}",
        "its own key inside": f"Bearer {packed(inside)}.{body}.{seal}",
        "signature cut off": f"Bearer {good[:-10]}",
        "signature left out": f"Bearer {head}.{body}",
        "four parts": f"Bearer {good}.{seal}",
        "another body": f"Bearer {head}.{packed({**said, 'aud': APP, 'x': 1})}.{seal}",
        "a body that is a list": f"Bearer {head}.{packed([1, 2, 3])}.{seal}",
        "a body of depth": f"Bearer {head}.{packed(b'[' * 3000)}.{seal}",
        "a head that is a text": f"Bearer {packed('x')}.{body}.{seal}",
        "a head that is no JSON": f"Bearer {packed(b'{xx')}.{body}.{seal}",
        "a head that is no UTF-8": f"Bearer {packed(bytes([255] * 9))}.{body}.{seal}",
        "padding": f"Bearer {head}.{base64.urlsafe_b64encode(b'{}').decode()}.{seal}",
        "huge": f"Bearer {head}.{body}.{'A' * 7000}",
        "another scheme": f"Basic {good}",
        "scheme in small letters": f"bearer {good}",
        "no scheme": good,
        "two tokens": f"Bearer {good} {good}",
        "two tokens, with a comma": f"Bearer {good}, Bearer {good}",
        "a tab": f"Bearer\t{good}",
        "not ASCII": f"Bearer {good}é",
    }


@pytest.fixture
def service_url(bot: Bot) -> str:
    bot.cloud.keys.keys.append(jwk("skype", ("skype", "msteams2")))
    return bot.cloud.service_url


async def refused(bot: Bot, bearer: str) -> None:
    """It gets the same empty 401 as everything, and the right token still opens."""
    sent = activity(bot.cloud.service_url)
    assert await bot.sent(sent, bearer) == (401, b"")
    assert (bot.taken, sum(bot.refused().values())) == ([], 1)
    assert await bot.sent(sent) == (200, b"")
    assert bot.taken == [sent]


@pytest.mark.parametrize("name", wrong_claims())
async def test_a_token_that_says_something_else_is_refused_though_signed(
    bot: Bot, service_url: str, name: str, logged: Log
) -> None:
    changes = wrong_claims()[name]
    if changes.get("serviceurl") == [URL]:
        changes = {"serviceurl": [service_url]}
    await refused(bot, "Bearer " + token(claims(service_url, **changes)))
    assert logged() == []


@pytest.mark.parametrize("header", WRONG_KEYS.values(), ids=WRONG_KEYS)
async def test_a_token_of_another_key_is_refused(
    bot: Bot, service_url: str, header: dict[str, Any], logged: Log
) -> None:
    said = claims(service_url)
    if "crit" in header or header.get("kid", "") in (None, 1):
        bearer = f"Bearer {_by_hand(said, header)}"
    else:
        bearer = "Bearer " + token(said, header.get("key", "first"), **_named(header))
    await refused(bot, bearer)
    assert logged() == []


def _named(header: dict[str, Any]) -> dict[str, Any]:
    return {"kid": header["kid"]} if "kid" in header else {}


def _by_hand(said: dict[str, Any], header: dict[str, Any]) -> str:
    """With a head that no library would write, rightly signed."""
    whole = {name: value for name, value in {**HEAD, **header}.items() if value is not None}
    signing = f"{packed(whole)}.{packed(said)}"
    seal = private_key("first").sign(signing.encode(), PKCS1v15(), SHA256())
    return f"{signing}.{packed(seal)}"


@pytest.mark.parametrize("name", forged({}))
async def test_what_nobody_signed_is_refused(
    bot: Bot, service_url: str, name: str, logged: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    await refused(bot, forged(claims(service_url))[name])
    assert (logged(), capfd.readouterr()) == ([], ("", ""))


async def test_two_headers_are_refused_whichever_is_right(bot: Bot) -> None:
    sent = activity(bot.cloud.service_url)
    right = "Bearer " + token(claims(bot.cloud.service_url))
    for pair in ((right, "Bearer x"), ("Bearer x", right), (right, right)):
        headers = [("Authorization", one) for one in pair]
        answer = await bot.client.post("/teams/messages", json=sent, headers=headers)
        assert (answer.status, await answer.read()) == (401, b"")
    assert bot.taken == []


async def test_a_clock_may_be_five_minutes_off(bot: Bot) -> None:
    for changes in ({"exp": off(-280)}, {"nbf": off(280)}, {"nbf": None}):
        said = claims(bot.cloud.service_url, **changes)
        assert await bot.sent(activity(bot.cloud.service_url), "Bearer " + token(said)) == (
            200,
            b"",
        )
    assert len(bot.taken) == 3


async def test_no_wrong_claim_costs_a_fetch_of_keys(bot: Bot, service_url: str) -> None:
    """Though signed by a key that nobody knows, which would."""
    await bot.sent(activity(service_url))
    before = bot.cloud.keys.calls["document"]
    for changes in wrong_claims().values():
        if "serviceurl" not in changes:
            bearer = "Bearer " + token(claims(service_url, **changes), "stranger")
            assert (await bot.sent(activity(service_url), bearer))[0] == 401
    assert await bot.sent(
        activity(service_url), f"Bearer {by_secret(claims(service_url), b'x', 'stranger')}"
    ) == (401, b"")
    for bearer in forged(claims(service_url)).values():
        await bot.sent(activity(service_url), bearer)
    assert bot.cloud.keys.calls["document"] == before
