"""The four ways in which Partner Center's endpoints page (domain 6a), under one interface."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from analytics.sources.partner_center.answer_links import (
    TOKEN,
    Headers,
    Query,
    link_number,
    link_token,
    next_link,
    tells_a_gap,
)
from analytics.sources.partner_center.answers import Answer
from analytics.sources.partner_center.page_model import Call, Page, Paging
from analytics.sources.partner_center.trouble import Nonsense


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


def place(following: str) -> str:
    """Return what the continuation asks the source for; empty if it asks for nothing."""
    said = json.loads(following) if following else {}
    return json.dumps([said.get("query"), said.get("headers")]) if said else ""


def page(call: Call, answer: Answer, before: int, asked: tuple[Query, Headers] = ({}, {})) -> Page:
    """Return one answer as a page; `before` is how many items came on earlier pages, `asked` the
    query and headers of the request. Raises Nonsense if the answer is no page.
    """
    named = {name.lower().lstrip("@"): value for name, value in answer.items()}
    items = _items(call, answer, named)
    came = before + len(items)
    by_count = call.paging in (Paging.OFFSET, Paging.TOP_SKIP)
    if not by_count:
        following = _following_by_link(call, named, came)
    else:
        following = _following_by_count(call, named, came, len(items)) if items else ""
    gap = tells_a_gap(call, named, asked, came)
    return Page(items, _total(named), following, place(following), gap, by_link=not by_count)


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
    total, link = _total(named), next_link(call, named)
    full = call.paging is Paging.TOP_SKIP and 0 < call.size <= now
    if not (link or full or (total is not None and total > max(came, now))):
        return ""
    name = "skip" if call.paging is Paging.TOP_SKIP else "offset"
    return _following_text({name: link_number(link, name) or str(came)}, {}, came)


def _following_by_link(call: Call, named: Mapping[str, object], came: int) -> str:
    link = next_link(call, named)
    if not link:
        return ""
    if call.paging is Paging.SEEK:
        token = _token(link, named)
        return _following_text({"seekOperation": "Next"}, {TOKEN: token}, came)
    return _following_text(_query(call, link), {}, came)


def _token(link: object, named: Mapping[str, object]) -> str:
    """Return the continuation token, which stands in the link's headers or in the answer itself."""
    told = link_token(link)
    token = named.get("continuationtoken") if told is None else told
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
