"""The token issuers of Microsoft's clouds, told apart by the host of their OpenID address."""

from urllib.parse import urlsplit

_ISSUERS = {
    ".botframework.azure.us": "https://api.botframework.us",
    ".botframework.azure.cn": "https://api.botframework.azure.cn",
}
_PUBLIC = "https://api.botframework.com"


def issuer(openid_url: str) -> str:
    """The issuer that signs activities in the cloud of this OpenID address, and that the bot's own
    token is for; the public cloud's unless the address is a national cloud's.

    >>> issuer("https://login.botframework.azure.us/v1/.well-known/openidconfiguration")
    'https://api.botframework.us'
    """
    host = urlsplit(openid_url).hostname or ""
    return next((found for end, found in _ISSUERS.items() if host.endswith(end)), _PUBLIC)
