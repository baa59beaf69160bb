from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources.files.downloads import BadFile
from tests.sources.building import deployed, page, read, sheet, used

PAGE = page(used(customerName="Société"), used(workloadCode="SPO"), TotalCount=2)
SHEET = sheet(deployed(customerName='Smith, "Co"'), deployed(productId="other")).encode()
NUMBERS = st.booleans() | st.integers() | st.floats()
CELLS = st.none() | NUMBERS | st.text() | st.lists(st.text())


def refused_or_read(raw: bytes) -> str:
    """The problem's id, or `read`; anything but BadFile fails the test."""
    try:
        read(raw)
    except BadFile as refused:
        return refused.problem
    return "read"


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_are_read_or_refused(raw: bytes):
    refused_or_read(raw)


@given(st.sampled_from('{["<'), st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_arbitrary_text_that_starts_like_json_is_refused(first: str, text: str):
    raw = (first + text).encode("utf-8", "surrogatepass")

    assert refused_or_read(raw).startswith("import-")


@given(st.sampled_from([PAGE, SHEET]), st.data())
@settings(max_examples=200, deadline=None)
def test_a_good_file_with_some_bytes_changed_is_read_or_refused(raw: bytes, data: st.DataObject):
    at = data.draw(st.integers(0, len(raw)))
    raw = raw[:at] + data.draw(st.binary(max_size=9)) + raw[at + data.draw(st.integers(0, 9)) :]

    refused_or_read(raw)


@given(st.sampled_from(sorted(used())), CELLS)
@settings(max_examples=200, deadline=None)
def test_any_value_in_any_field_is_read_or_refused(field: str, value: object):
    refused_or_read(page(used(), used(**{field: value})))


@given(st.integers(1, len(PAGE) - 1))
@settings(max_examples=200, deadline=None)
def test_a_page_cut_off_anywhere_is_told_to_be_half(cut: int):
    assert refused_or_read(PAGE[:cut]) == "import-half"


@given(st.integers(0, len(SHEET.splitlines()[2].rsplit(b",", 1)[0])))
@settings(deadline=None)
def test_a_table_cut_off_before_its_last_cell_is_told_to_be_half(cut: int):
    first, second, third = SHEET.splitlines(keepends=True)

    assert refused_or_read(first + second + third[: cut or 1]) == "import-half"
