"""Links in an answer: to the next page, and what they tell of the page's own place in its list."""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from analytics.sources.partner_center.page_model import Call, Paging

TOKEN = "MS-ContinuationToken"  # noqa: S105 a header's name
_COUNTED = ("skip", "offset")
"""Names under which a link counts the items before its page."""

Query = dict[str, str]
Headers = dict[str, str]


def next_link(call: Call, named: Mapping[str, object]) -> object:
    """Return the source's link to the next page; None at the end."""
    if call.paging in (Paging.SEEK, Paging.OFFSET):
        return _relation(named, "next")
    return named.get("nextlink") if call.paging not in (Paging.NONE, Paging.ONE) else None


def link_number(link: object, name: str) -> str:
    """Return a number of a link's query as text; empty if it has none."""
    said = _query(link).get(name, "")
    return said if said.isascii() and said.isdecimal() and len(said) <= 10 else ""


def link_token(link: object) -> object:
    """Return the continuation token in a link's headers; None if there is none."""
    found = None
    if isinstance(link, dict) and isinstance(headers := link.get("headers"), list):
        for header in headers:
            if isinstance(header, dict) and header.get("key") == TOKEN:
                found = header.get("value")
    return found


def tells_a_gap(
    call: Call, named: Mapping[str, object], asked: tuple[Query, Headers], came: int
) -> bool:
    """Check whether an answer says of itself that it is another page than was `asked` for, of the
    next one that it does not begin behind the `came` items that came so far, or that there is one
    though it gives no link that can be followed.
    """
    following = next_link(call, named)
    unlinked = not following and any(
        (_relation(named, "next"), named.get("nextlink"), named.get("continuationtoken"))
    )
    skipped = any(number != came for number in _numbers(following))
    return unlinked or skipped or _is_another(named, *asked)


def _is_another(named: Mapping[str, object], query: Query, headers: Headers) -> bool:
    own, token = _relation(named, "self"), headers.get(TOKEN, "")
    told = link_token(own)
    if told is not None and told != token:
        return True
    if token:
        return False
    begin = next((int(query[name]) for name in _COUNTED if query.get(name, "").isdecimal()), 0)
    if any(number != begin for number in _numbers(own)):
        return True
    back = _relation(named, "previous") or _relation(named, "prev") or _is_sought(own)
    return bool(back) and not begin


def _is_sought(link: object) -> bool:
    return _query(link).get("seekOperation", "").lower() == "next"


def _relation(named: Mapping[str, object], relation: str) -> object:
    links = named.get("links")
    return links.get(relation) if isinstance(links, dict) else None


def _numbers(link: object) -> Iterator[int]:
    """Yield the counts of items before a link's page."""
    for name in _COUNTED:
        if number := link_number(link, name):
            yield int(number)


def _query(link: object) -> Query:
    uri = link.get("uri") if isinstance(link, dict) else link
    return dict(parse_qsl(uri.partition("?")[2])) if isinstance(uri, str) else {}
