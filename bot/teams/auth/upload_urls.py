"""The addresses that files may be sent to: only OneDrive's, where Teams lets a bot put a file."""

from bot.https_hosts import https_host, is_local_http

_DOMAINS = (".sharepoint.com", ".sharepoint-df.com", ".sharepoint.us", ".sharepoint.cn")
"""A member's OneDrive is a site of their organisation's SharePoint: worldwide, at Microsoft's own
first users, in the clouds of the United States and of China.
"""


def is_onedrive_url(url: object, *, local: bool = False) -> bool:
    """Check whether an address is OneDrive's: https, the usual port, no user name. With `local`
    also http on this machine.

    >>> is_onedrive_url("https://contoso-my.sharepoint.com/personal/ada/_api/v2.0/x?tempauth=y")
    True
    >>> is_onedrive_url("https://sharepoint.com.example/x")
    False
    """
    if not isinstance(url, str):
        return False
    return https_host(url).endswith(_DOMAINS) or (local and is_local_http(url))
