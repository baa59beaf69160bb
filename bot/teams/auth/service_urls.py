"""The addresses that the bot's own token may be sent to: only those of Microsoft's connectors."""

import re
from urllib.parse import urlsplit

_HOSTS = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    }
)
_DOMAINS = (".botframework.com", ".botframework.azure.us", ".botframework.azure.cn")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PLAIN = re.compile(r"[!-~]{1,2048}")  # ASCII without blanks
_SUSPICIOUS = re.compile(r"[\\@#?%]|/\.")
_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def is_loopback(url: str) -> bool:
    """Check whether an address is on this machine."""
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except ValueError:
        return False


def is_service_url(url: str, *, local: bool = False) -> bool:
    """Check whether an address is one of Bot Connector's: https, the usual port, no user name,
    query, fragment or escape in it, and no way out of its path. With `local` also http on this
    machine.

    >>> is_service_url("https://smba.trafficmanager.net/emea/")
    True
    >>> is_service_url("https://smba.trafficmanager.net.example/")
    False
    """
    if not _PLAIN.fullmatch(url) or _SUSPICIOUS.search(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme == "http":
        return local and host in _LOOPBACK
    if parts.scheme != "https" or port not in (None, 443) or not _NAME.fullmatch(host):
        return False
    return host in _HOSTS or host.endswith(_DOMAINS)
