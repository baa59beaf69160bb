"""Who is let in: whoever holds the secret and says so now."""

from datetime import UTC, datetime

import pytest

from bot.gate import SlackKey
from bot.metrics import Metrics
from tests.answering.instruments import Log
from tests.gate.serving import Served
from tests.gate.signing import BODY, Wire, seconds, signature, signed
from tests.gate.talking import Said, sent

STAMP = b"X-Slack-Request-Timestamp"
SIGNATURE = b"X-Slack-Signature"
PROOF = signature(BODY, seconds()).encode()


async def answered(served: Served, wire: Wire) -> Said | None:
    return await sent(served.port, bytes(wire))


async def test_the_request_in_slacks_documentation_is_admitted_in_its_second(
    served: Served,
) -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        b"&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
        b"%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    documented = b"v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    wire = signed(body, timestamp="1531420618").saying(SIGNATURE, documented)
    served.clock.now = datetime.fromtimestamp(1_531_420_618, UTC)
    assert (await answered(served, wire), served.effects) == (Said(200, b"", {}), [body])


async def test_a_signed_request_is_admitted_with_its_bytes(served: Served) -> None:
    assert await answered(served, signed()) == Said(200, b"", {})
    assert (served.effects, served.refused()) == ([BODY], {})


@pytest.mark.parametrize("before", [0, 1, 299, 300, -1, -300])
async def test_a_request_of_the_last_or_next_five_minutes_is_admitted(
    served: Served, before: int
) -> None:
    assert await answered(served, signed(before=before)) == Said(200, b"", {})
    assert served.effects == [BODY]


@pytest.mark.parametrize("before", [301, 600, 86_400, -301, -86_400])
async def test_a_request_of_another_time_is_refused_though_signed(
    served: Served, before: int
) -> None:
    assert await answered(served, signed(before=before)) == Said(401, b"", {})
    assert (served.effects, served.refused()) == ([], {"age": 1})


FORGED = {
    "another secret": signed(by="somebody else's"),
    "no secret": signed().saying(SIGNATURE, signature(BODY, seconds(), "\0").encode()),
    "another body": Wire(signed().headers, BODY.replace(b"U1", b"U2")),
    "another moment": signed().saying(STAMP, seconds(1).encode()),
    "a zero before the moment": signed().saying(STAMP, b"0" + seconds().encode()),
    "another version": signed().saying(SIGNATURE, b"v1" + PROOF[2:]),
    "nothing but zeros": signed().saying(SIGNATURE, b"v0=" + b"0" * 64),
    "one digit changed": signed().saying(SIGNATURE, PROOF[:-1] + bytes([PROOF[-1] ^ 1])),
    "capitals": signed().saying(SIGNATURE, PROOF.upper().replace(b"V0", b"v0")),
    "half of it": signed().saying(SIGNATURE, PROOF[:35]),
    "more of it": signed().saying(SIGNATURE, PROOF + b"0"),
    "empty": signed().saying(SIGNATURE, b""),
    "not ASCII": signed().saying(SIGNATURE, b"v0=" + b"\xc3\xa9" * 32),
    "no UTF-8": signed().saying(SIGNATURE, b"v0=" + b"\xff" * 64),
    "a thousand": signed().saying(SIGNATURE, b"v0=" + b"a" * 4000),
    "none": signed().without(SIGNATURE),
    "twice": signed().having(SIGNATURE, PROOF),
    "two in one": signed().saying(SIGNATURE, PROOF + b", " + PROOF),
    "the wrong one first": signed().saying(SIGNATURE, b"v0=" + b"0" * 64).having(SIGNATURE, PROOF),
}


@pytest.mark.parametrize("wire", FORGED.values(), ids=FORGED)
async def test_a_forged_signature_is_refused(served: Served, wire: Wire) -> None:
    assert await answered(served, wire) == Said(401, b"", {})
    assert (served.effects, sum(served.refused().values())) == ([], 1)


def digits(zero: int) -> str:
    """The right moment in another script."""
    return "".join(chr(zero + int(digit)) for digit in seconds())


MOMENTS = {
    "none": signed().without(STAMP),
    "twice": signed().having(STAMP, seconds().encode()),
    "thirteen digits": signed(timestamp=seconds().rjust(13, "0")),
    "milliseconds": signed(timestamp=seconds() + "000"),
    **{
        word: signed(timestamp=word)
        for word in ("", "now", "1e9", "0x10", "-1", "+1", "1_000", "1.5", "nan", "inf", " 1 2")
    },
    "Arabic digits": signed(timestamp=digits(0x660)),
    "full-width digits": signed(timestamp=digits(0xFF10)),
    "the first second": signed(timestamp="0"),
    "the last one": signed(timestamp="9" * 12),
}


@pytest.mark.parametrize("wire", MOMENTS.values(), ids=MOMENTS)
async def test_a_malformed_moment_is_refused_though_signed(served: Served, wire: Wire) -> None:
    assert await answered(served, wire) == Said(401, b"", {})
    assert (served.effects, sum(served.refused().values())) == ([], 1)


async def test_only_a_post_is_admitted(served: Served) -> None:
    for method in (b"GET", b"PUT", b"DELETE", b"OPTIONS", b"PATCH"):
        wire = Wire(signed().headers, BODY, method + b" /slack/events HTTP/1.1")
        assert await answered(served, wire) == Said(401, b"", {})
    assert (served.effects, served.refused()) == ([], {"method": 5})


async def test_bytes_that_are_no_text_reach_the_platform_as_they_are(served: Served) -> None:
    body = b"text=\xff\xfe\x00\xc3\x28"
    assert await answered(served, signed(body)) == Said(200, b"", {})
    assert await answered(served, signed(body, by="x")) == Said(401, b"", {})
    assert served.effects == [body]


def test_without_a_secret_there_is_no_key() -> None:
    with pytest.raises(ValueError, match="no signing secret"):
        SlackKey("")


async def test_nothing_of_a_refused_request_is_written(
    served: Served, logged: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    for wire in (*FORGED.values(), *MOMENTS.values()):
        await answered(served, wire)
    assert (logged(), capfd.readouterr()) == ([], ("", ""))


def test_reasons_are_counted_for_the_operator() -> None:
    metrics = Metrics()
    metrics.count_refusal("forged")
    assert b'seatwise_refused_requests_total{reason="forged"} 1.0' in metrics.text()
