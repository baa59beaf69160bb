"""The addresses that the bot's own token may be sent to: only those of Microsoft's connectors."""

import re

from bot.https_hosts import https_host, is_local_http

_HOSTS = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    }
)
_DOMAINS = (".botframework.com", ".botframework.azure.us", ".botframework.azure.cn")
_PLAIN = re.compile(r"[!-~]{1,2048}")  # ASCII without blanks
_SUSPICIOUS = re.compile(r"[\\@#?%]|/\.")


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
    if local and is_local_http(url):
        return True
    host = https_host(url)
    return host in _HOSTS or host.endswith(_DOMAINS)
