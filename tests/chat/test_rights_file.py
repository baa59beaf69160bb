"""Rights as a file: written and read back equal, and nothing in a file makes the reading fail."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.formula_cells import harmless_text, original_text
from analytics.values import OWN, TenantId
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.chat.rights_plan import COLUMNS, plan_of
from handlers.input.rights_file import read_rights
from handlers.input.rights_row import RightsRow
from handlers.output.rights_file import rights_file

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
STARTS = ("", "=", "'=", "''+", "-", "@", "\t", "\r\n", " =", "'", '"', "\ufeff")
KEPT = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
REASONS = st.tuples(st.sampled_from(STARTS), st.text(KEPT, max_size=60)).map("".join)
IDS = st.text(
    st.characters(categories=("Ll", "Lu", "Nd", "Pd", "Sm", "Po"), exclude_characters=":"),
    min_size=1,
    max_size=40,
)
PEOPLE = st.builds(UserRef, IDS, IDS, IDS)
TENANTS = st.uuids().map(lambda each: TenantId(str(each)))
ENDS = st.one_of(
    st.none(),
    st.dates(NOW.date(), datetime(9999, 12, 30, tzinfo=UTC).date()).map(
        lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    ),
    st.datetimes(datetime(2026, 11, 23), datetime(9999, 12, 30)).map(  # noqa: DTZ001 made UTC here
        lambda moment: moment.replace(tzinfo=UTC)
    ),
)


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    role = draw(st.sampled_from(Role))
    scope = None if role is Role.ADMIN else draw(st.none() | st.frozensets(TENANTS, max_size=4))
    named = role is not Role.ADMIN and draw(st.booleans())
    return Grant(role, OWN, scope, draw(ENDS), draw(REASONS), "operator", NOW, named)


HOLDERS = st.dictionaries(PEOPLE, grants(), max_size=8)


def as_grant(row: RightsRow) -> Grant:
    scope = None if row.customers is None else frozenset(map(TenantId, row.customers))
    return Grant(row.role, OWN, scope, row.until, row.because, "operator", NOW, row.with_people)


@given(HOLDERS)
def test_rights_are_read_back_as_they_were_written(holders: dict[UserRef, Grant]) -> None:
    sheet = read_rights(rights_file(holders.items()).encode("utf-8-sig"), NOW)
    assert [fault.sentence for fault in sheet.faults] == []
    wishes = {row.person: as_grant(row) for row in sheet.rows}
    assert wishes == holders
    assert plan_of(wishes, holders.items(), OWN, NOW).changes == ()


@given(HOLDERS)
def test_no_cell_of_the_file_begins_a_formula(holders: dict[UserRef, Grant]) -> None:
    for person, grant in holders.items():
        cells = (harmless_text(str(person)), harmless_text(grant.reason))
        assert [cell for cell in cells if cell.lstrip(" \u00a0")[:1] in tuple("=+-@\t\r\n")] == []
        assert tuple(map(original_text, cells)) == (str(person), grant.reason)


def test_a_right_for_ten_thousand_customers_is_read_back() -> None:
    scope = frozenset(TenantId(f"00000000-0000-4000-8000-{n:012}") for n in range(10_000))
    right = Grant(Role.VIEWER, OWN, scope, None, "", "operator", NOW)
    sheet = read_rights(rights_file([(UserRef("slack", "T1", "U1"), right)]).encode(), NOW)
    assert [as_grant(row) for row in sheet.rows] == [right]


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ("slack:T1:U1", "viewer", "yes", "=1+1", "\0", "\u202e", "x" * 3000, "2099-01-01")
    ),
    st.sampled_from(('"', '"a', "a\r\nb", ";", "|", "\u2028", "9999-12-31", "0000-00-00")),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=6), st.sampled_from(",;"))
def test_hostile_cells_are_refused_or_kept_as_text(lines: list[list[str]], mark: str) -> None:
    text = "\n".join(mark.join(line) for line in (list(COLUMNS), *lines))
    sheet = read_rights(text.encode("utf-8", "surrogatepass"), NOW)
    assert all(fault.sentence.startswith("rights-file-") for fault in sheet.faults)
    assert all("\0" not in row.because for row in sheet.rows)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    sheet = read_rights(raw, NOW)
    assert sheet.rows or sheet.faults or b"person" in raw
