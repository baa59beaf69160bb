"""The addresses that files may be sent to: only Slack's own."""

from urllib.parse import urlsplit

from bot.https_hosts import https_host

_HOSTS = (".slack.com", ".slack-gov.com")


def is_upload_url(url: str, api_url: str) -> bool:
    """Check whether an address that Slack's API named is Slack's: https, the usual port, no user
    name. Where the API is not at Slack's own address, its own host is taken too: a stand-in's.

    >>> is_upload_url("https://files.slack.com/upload/v1/ABC", "https://slack.com/api/")
    True
    >>> is_upload_url("https://files.slack.com.example/upload", "https://slack.com/api/")
    False
    """
    if https_host(url).endswith(_HOSTS):
        return True
    try:
        parts, api = urlsplit(url), urlsplit(api_url)
    except ValueError:
        return False
    stand_in = not f".{api.hostname}".endswith(_HOSTS)
    return stand_in and (parts.scheme, parts.netloc) == (api.scheme, api.netloc)
