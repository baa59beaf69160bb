"""Links between the pages of a list: where a page says that more rows follow or stand before it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from analytics.sources.files.headings import plain

_ON = re.compile(r"next|continuation|^has(more|next)")
_BACK = re.compile(r"^(@odata\.)?prev")
_ITEMS = ("value", "items")
_ADDRESSES = ("uri", "href", "url", "link")
_OFFSETS = ("skip", "offset")
_PAGES = ("page", "pagenumber")
_DEEPEST = 3
"""Most objects within one another in which links are looked for."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of one page."""

    following: str = ""
    """Address of the page that follows; empty if none does."""
    later: bool = False
    """True if the page's own address, or a link back, says that rows stand before it."""


NO_LINKS = PageLinks()
"""The links of a file of rows alone."""


def page_links(envelope: Mapping[str, object]) -> PageLinks:
    """Return the links of an answer: `@nextLink`, `@odata.nextLink`, `links.next` and their kin, a
    continuation token, `hasMore`, or the number of a page that is not the last.
    """
    named = list(_fields(envelope, _DEEPEST))
    told = dict(named)
    on = [_address(value) for name, value in named if _ON.search(name)]
    back = any(_address(value) for name, value in named if _BACK.match(name))
    number, last = told.get("page", told.get("currentpage")), told.get("totalpages")
    if isinstance(number, int) and isinstance(last, int) and number < last:
        on.append(f"?page={number + 1}")
    later = back or _later(_address(told.get("self"))) or (isinstance(number, int) and number > 1)
    return PageLinks(next(filter(None, on), ""), later)


def _fields(envelope: Mapping[str, object], deep: int) -> Iterator[tuple[str, object]]:
    """Yield the fields of an answer and of the objects in it, but not of its items, by plain names;
    a list of links by what each says of itself.
    """
    for name, value in envelope.items():
        plainly = plain(str(name))
        if plainly in _ITEMS and isinstance(value, list):
            continue
        yield plainly, value
        if isinstance(value, dict) and deep and not _ON.search(plainly):
            yield from _fields(value, deep - 1)
        if isinstance(value, list) and "link" in plainly:
            relations = (each for each in value if isinstance(each, dict))
            yield from ((plain(str(each.get("rel"))), each) for each in relations)


def offset(address: str) -> int | None:
    """Return the count of rows before the page at this address; None if the address tells none.

    >>> offset("https://host/license?$skip=200&$top=100")
    200
    """
    return _whole(address, _OFFSETS)


def page_number(address: str) -> int | None:
    """Return the page's number by its address; None if the address tells none."""
    return _whole(address, _PAGES)


def _address(link: object) -> str:
    """Return the address of a link, written as a text, a number, or an object with `uri`; a yes
    without an address is one of its own.
    """
    if isinstance(link, dict):
        named = {plain(str(name)): value for name, value in link.items()}
        return next(filter(None, (_address(named.get(name)) for name in _ADDRESSES)), "")
    if isinstance(link, bool):
        return "…" if link else ""
    return str(link).strip() if isinstance(link, str | int) and link else ""


def _later(address: str) -> bool:
    values = _values(address)
    seeks = values.get("seekoperation", "").casefold() == "next"
    return seeks or bool(offset(address)) or (page_number(address) or 0) > 1


def _whole(address: str, names: tuple[str, ...]) -> int | None:
    values = _values(address)
    told = next((values[name] for name in names if name in values), "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None


def _values(address: str) -> dict[str, str]:
    """Return the address's query, by plain names; empty for an address that is none."""
    try:
        pairs = parse_qsl(urlsplit(address).query)
    except ValueError:
        return {}
    return {plain(name).lstrip("$"): value for name, value in pairs}
