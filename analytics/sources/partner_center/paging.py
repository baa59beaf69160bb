"""The four ways in which Partner Center's endpoints page (domain 6a), as one."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from analytics.sources.partner_center.answers import Answer
from analytics.sources.partner_center.calls import Call, Page, Paging
from analytics.sources.partner_center.trouble import Nonsense

Query = dict[str, str]
Headers = dict[str, str]


def request(call: Call, following: str) -> tuple[Query, Headers]:
    """What to ask for the first page, or for the one that `following` names. Nonsense where that is
    none of ours.
    """
    query = {**call.query, **_sized(call)}
    if not following:
        return query, {}
    try:
        said = json.loads(following)
        more, headers = dict(said["query"]), dict(said["headers"])
    except (ValueError, TypeError, KeyError) as error:
        raise Nonsense("sync-why-paging") from error
    return {**query, **more}, headers


def _sized(call: Call) -> Query:
    names = {Paging.SEEK: "size", Paging.OFFSET: "size", Paging.TOP_SKIP: "top"}
    name = names.get(call.paging)
    return {name: str(call.size)} if name and call.size else {}


def page(call: Call, answer: Answer, before: int) -> Page:
    """One answer as a page; `before` is how many items came on the pages before it. Nonsense where
    it is none.
    """
    named = {name.lower().lstrip("@"): value for name, value in answer.items()}
    items = _items(answer, named)
    total = _total(named)
    came = before + len(items)
    return Page(items, total, _following(call, named, came, total) if items else "")


def _items(answer: Answer, named: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    for name in ("value", "items"):
        if name in named:
            found = named[name]
            if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
                raise Nonsense("sync-why-types")
            return tuple(found)
    if "totalcount" in named or not answer:
        raise Nonsense("sync-why-types")
    return (answer,)  # documented: one object alone, where a list is meant


def _total(named: Mapping[str, object]) -> int | None:
    total = named.get("totalcount", named.get("odata.count"))
    if total is None:
        return None
    if isinstance(total, bool) or not str(total).isdecimal() or len(str(total)) > 10:
        raise Nonsense("sync-why-types")
    return int(str(total))


def _following(call: Call, named: Mapping[str, object], came: int, total: int | None) -> str:
    if call.paging is Paging.SEEK:
        return _seek(named)
    if call.paging is Paging.OFFSET:
        return _further("offset", came) if total is not None and came < total else ""
    if call.paging is Paging.TOP_SKIP:
        more = named.get("nextlink") or (total is not None and came < total)
        return _further("skip", came) if more else ""
    if call.paging is Paging.NEXT_LINK and named.get("nextlink"):
        return _linked(call, named["nextlink"])
    return ""


def _seek(named: Mapping[str, object]) -> str:
    """By the continuation token, which stands in the link's headers or in the answer itself."""
    links = named.get("links")
    link = links.get("next") if isinstance(links, dict) else None
    if link is None:
        return ""
    token = named.get("continuationtoken")
    if isinstance(link, dict) and isinstance(headers := link.get("headers"), list):
        for header in headers:
            if isinstance(header, dict) and header.get("key") == "MS-ContinuationToken":
                token = header.get("value")
    if not isinstance(token, str) or not token.isprintable() or not token.isascii():
        raise Nonsense("sync-why-paging")
    return _kept({"seekOperation": "Next"}, {"MS-ContinuationToken": token})


def _further(name: str, came: int) -> str:
    return _kept({name: str(came)}, {})


def _linked(call: Call, link: object) -> str:
    """A link's query; where it leads is not believed."""
    parts = urlsplit(link) if isinstance(link, str) else None
    if parts is None or not parts.path.rstrip("/").endswith(call.path.rstrip("/")):
        raise Nonsense("sync-why-paging")
    return _kept(dict(parse_qsl(parts.query)), {})


def _kept(query: Query, headers: Headers) -> str:
    return json.dumps({"query": query, "headers": headers}, sort_keys=True)
