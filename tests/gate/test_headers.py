"""Whatever the headers say: who has no secret is not let in, and who has it is not kept out."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.gate.serving import Served
from tests.gate.signing import BODY, Wire, seconds, signature, signed
from tests.gate.talking import Said, sent

STAMP, SIGNATURE = b"X-Slack-Request-Timestamp", b"X-Slack-Signature"
PROOF = signature(BODY, seconds())
VALUES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(str.encode),
    st.integers().map(lambda n: b"%d" % n),
    st.floats().map(lambda n: str(n).encode()),
    st.from_regex(r"v[0-9]=[0-9a-fA-F]{60,68}", fullmatch=True).map(str.encode),
    st.just(seconds().encode()),
)
same_server = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # one server, many requests
)


async def _refused(served: Served, wire: Wire) -> Said:
    said = await sent(served.port, bytes(wire))
    assert said is not None
    assert (said.status == 400 or said == Said(401, b"", {}), served.effects) == (True, [])
    return said


@same_server
@given(VALUES)
@example(PROOF.encode()[:-1])
@example(PROOF.encode() + b"\n")
@example(b"\xef\xbb\xbf" + PROOF.encode())
async def test_no_signature_but_the_right_one_opens(served: Served, value: bytes) -> None:
    await _refused(served, signed().saying(SIGNATURE, value))


@same_server
@given(VALUES)
async def test_the_right_signature_opens_in_no_other_moment(served: Served, value: bytes) -> None:
    if value.strip() != seconds().encode():
        await _refused(served, signed().saying(STAMP, value))


@same_server
@given(st.lists(st.tuples(st.sampled_from([STAMP, SIGNATURE]), VALUES), min_size=1, max_size=4))
async def test_a_second_header_of_a_name_closes(
    served: Served, more: list[tuple[bytes, bytes]]
) -> None:
    """Also when one of the two is right, and whichever comes first."""
    before = [header for header in signed().headers if header[0] not in (STAMP, SIGNATURE)]
    right = [header for header in signed().headers if header[0] in (STAMP, SIGNATURE)]
    await _refused(served, Wire((*before, *right, *more)))
    await _refused(served, Wire((*before, *more, *right)))


@same_server
@given(st.binary(max_size=3000), st.integers(-300, 300))
async def test_whatever_slack_signs_is_admitted_as_it_is(
    served: Served, body: bytes, before: int
) -> None:
    said = await sent(served.port, bytes(signed(body, before)))
    assert said == Said(200, b"", {})
    assert body in served.effects


@same_server
@given(st.data())
async def test_a_single_changed_byte_closes(served: Served, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(BODY) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda n: n != BODY[at]))
    changed = BODY[:at] + bytes([byte]) + BODY[at + 1 :]
    said = await _refused(served, Wire(signed().headers, changed))
    assert said.status == 401
