"""Links between the pages of a list: where a page says that more rows follow or stand before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from analytics.sources.files.headings import plain

_NEXT = ("@nextlink", "nextlink", "@odata.nextlink", "odata.nextlink", "next", "continuationtoken")
_BEFORE = ("previous", "prev", "previouslink", "prevlink", "@odata.previouslink")
_ADDRESSES = ("uri", "href", "url", "link")
_OFFSETS = ("skip", "offset")
_PAGES = ("page", "pagenumber")


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of one page."""

    following: str = ""
    """Address of the page that follows; empty if none does."""
    later: bool = False
    """True if the page's own address, or a link back, says that rows stand before it."""


NO_LINKS = PageLinks()
"""What a file of rows alone has."""


def page_links(envelope: Mapping[str, object]) -> PageLinks:
    """Return the links of an answer: `@nextLink`, `@odata.nextLink`, `links.next` and their kin."""
    named = {plain(name): value for name, value in envelope.items()}
    inner = named.get("links", named.get("paging"))
    if isinstance(inner, dict):
        named = {plain(str(name)): value for name, value in inner.items()} | named
    itself = _address(named.get("self"))
    before = any(_address(named.get(name)) for name in _BEFORE)
    following = next(filter(None, (_address(named.get(name)) for name in _NEXT)), "")
    return PageLinks(following, before or _later(itself))


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
    """Return the address of a link, written as a text or as an object with `uri`."""
    if isinstance(link, dict):
        named = {plain(str(name)): value for name, value in link.items()}
        return next(filter(None, (_address(named.get(name)) for name in _ADDRESSES)), "")
    return link.strip() if isinstance(link, str) else ""


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
