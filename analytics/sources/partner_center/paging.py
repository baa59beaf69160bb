"""The four ways in which Partner Center's endpoints page (domain 6a), under one interface."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from analytics.sources.partner_center.answers import Answer
from analytics.sources.partner_center.page_model import Call, Page, Paging
from analytics.sources.partner_center.trouble import Nonsense

Query = dict[str, str]
Headers = dict[str, str]


def request(call: Call, following: str) -> tuple[Query, Headers]:
    """Return query and headers for the first page, or for the one that `following` names. Raises
    Nonsense if `following` is not one of ours.
    """
    query = {**call.query, **_size_query(call)}
    if not following:
        return query, {}
    try:
        said = json.loads(following)
        more, headers = dict(said["query"]), dict(said["headers"])
    except (ValueError, TypeError, KeyError) as error:
        raise Nonsense("sync-why-paging") from error
    return {**query, **more}, headers


def earlier_item_count(following: str) -> int:
    """Return how many items came on the pages before the one that `following` names."""
    return int(json.loads(following).get("came", 0)) if following else 0


def _size_query(call: Call) -> Query:
    names = {Paging.SEEK: "size", Paging.OFFSET: "size", Paging.TOP_SKIP: "top"}
    name = names.get(call.paging)
    return {name: str(call.size)} if name and call.size else {}


def page(call: Call, answer: Answer, before: int) -> Page:
    """Return one answer as a page; `before` is how many items came on earlier pages. Raises
    Nonsense if the answer is no page.
    """
    named = {name.lower().lstrip("@"): value for name, value in answer.items()}
    items = _items(call, answer, named)
    total = _total(named)
    came = before + len(items)
    if call.paging in (Paging.OFFSET, Paging.TOP_SKIP):
        return Page(
            items, total, _following_by_count(call, named, came, len(items)) if items else ""
        )
    return Page(items, total, _following_by_link(call, named, came))


def _items(
    call: Call, answer: Answer, named: Mapping[str, object]
) -> tuple[Mapping[str, object], ...]:
    for name in ("value", "items"):
        if name in named:
            found = named[name]
            if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
                raise Nonsense("sync-why-types")
            return tuple(found)
    bare = (Paging.ONE, Paging.TOP_SKIP)  # documented for analytics: no list if it has one item
    if call.paging not in bare or not answer or named.keys() & _OF_NO_ITEM:
        raise Nonsense("sync-why-types")
    return (answer,)


_OF_NO_ITEM = {"totalcount", "nextlink", "code", "statuscode", "error", "message"}
"""Fields of envelopes and of errors, which sometimes come with a 200; an item has none of them."""


def _total(named: Mapping[str, object]) -> int | None:
    total = named.get("totalcount", named.get("odata.count"))
    if total is None:
        return None
    if isinstance(total, bool) or not str(total).isdecimal() or len(str(total)) > 10:
        raise Nonsense("sync-why-types")
    return int(str(total))


def _following_by_count(call: Call, named: Mapping[str, object], came: int, now: int) -> str:
    """Return the continuation with the link's number, or with our own count if the link has none: a
    page that repeats a row would shift our count and hide a lost row. A full page is not taken for
    the last one; the page after it may be empty.
    """
    total, link = _total(named), _next(call, named)
    full = call.paging is Paging.TOP_SKIP and 0 < call.size <= now
    if not (link or full or (total is not None and total > max(came, now))):
        return ""
    name = "skip" if call.paging is Paging.TOP_SKIP else "offset"
    return _following_text({name: _number(link, name) or str(came)}, {}, came)


def _number(link: object, name: str) -> str:
    uri = link.get("uri") if isinstance(link, dict) else link
    if not isinstance(uri, str):
        return ""
    said = dict(parse_qsl(uri.partition("?")[2])).get(name, "")
    return said if said.isascii() and said.isdecimal() and len(said) <= 10 else ""


def _following_by_link(call: Call, named: Mapping[str, object], came: int) -> str:
    link = _next(call, named)
    if not link:
        return ""
    if call.paging is Paging.SEEK:
        token = _token(link, named)
        return _following_text({"seekOperation": "Next"}, {"MS-ContinuationToken": token}, came)
    return _following_text(_query(call, link), {}, came)


def _next(call: Call, named: Mapping[str, object]) -> object:
    """Return the source's link to the next page; None at the end."""
    if call.paging in (Paging.SEEK, Paging.OFFSET):
        links = named.get("links")
        return links.get("next") if isinstance(links, dict) else None
    return named.get("nextlink") if call.paging not in (Paging.NONE, Paging.ONE) else None


def _token(link: object, named: Mapping[str, object]) -> str:
    """Return the continuation token, which stands in the link's headers or in the answer itself."""
    token = named.get("continuationtoken")
    if isinstance(link, dict) and isinstance(headers := link.get("headers"), list):
        for header in headers:
            if isinstance(header, dict) and header.get("key") == "MS-ContinuationToken":
                token = header.get("value")
    if not isinstance(token, str) or not token or not token.isprintable() or not token.isascii():
        raise Nonsense("sync-why-paging")
    return token


def _query(call: Call, link: object) -> Query:
    """Return a link's query; the host that the link names is never called."""
    parts = urlsplit(link) if isinstance(link, str) else None
    if parts is None or not parts.path.rstrip("/").endswith(call.path.rstrip("/")):
        raise Nonsense("sync-why-paging")
    return dict(parse_qsl(parts.query))


def _following_text(query: Query, headers: Headers, came: int) -> str:
    return json.dumps({"query": query, "headers": headers, "came": came}, sort_keys=True)
