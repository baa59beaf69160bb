"""The host of an address that something is to be sent to."""

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[!-~]{1,8192}")  # ASCII without blanks
_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def https_host(url: str) -> str:
    """Return the host of an https address at the usual port; empty for any other address, and for
    one with a user name, a backslash, or letters that are not plain.

    >>> https_host("https://contoso-my.sharepoint.com/personal/ada")
    'contoso-my.sharepoint.com'
    >>> https_host("http://contoso.example/"), https_host("https://me@contoso.example/")
    ('', '')
    """
    if not _PLAIN.fullmatch(url) or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
        usual = parts.scheme == "https" and parts.port in (None, 443) and "@" not in parts.netloc
    except ValueError:
        return ""
    host = parts.hostname or ""
    return host if usual and _NAME.fullmatch(host) else ""


def is_loopback(url: str) -> bool:
    """Check whether an address is on this machine."""
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except ValueError:
        return False


def is_local_http(url: str) -> bool:
    """Check whether an address is http on this machine, where a stand-in may be."""
    return url.startswith("http://") and "@" not in url and is_loopback(url)
