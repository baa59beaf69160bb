"""The addresses that files may be sent to: only OneDrive's, where Teams lets a bot put a file."""

import re
from urllib.parse import urlsplit

_DOMAINS = (".sharepoint.com", ".sharepoint-df.com", ".sharepoint.us", ".sharepoint.cn")
"""A member's OneDrive is a site of their organisation's SharePoint: worldwide, at Microsoft's own
first users, in the clouds of the United States and of China.
"""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PLAIN = re.compile(r"[!-~]{1,8192}")  # ASCII without blanks
_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def is_onedrive_url(url: object, *, local: bool = False) -> bool:
    """Check whether an address is OneDrive's: https, the usual port, no user name. With `local`
    also http on this machine.

    >>> is_onedrive_url("https://contoso-my.sharepoint.com/personal/ada/_api/v2.0/x?tempauth=y")
    True
    >>> is_onedrive_url("https://sharepoint.com.example/x")
    False
    """
    if not isinstance(url, str) or not _PLAIN.fullmatch(url) or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return False
    if "@" in parts.netloc:
        return False
    if parts.scheme == "http":
        return local and host in _LOOPBACK
    usual = parts.scheme == "https" and port in (None, 443)
    return usual and bool(_NAME.fullmatch(host)) and host.endswith(_DOMAINS)
