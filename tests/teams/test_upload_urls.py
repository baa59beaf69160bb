"""The addresses that files may go to on Teams."""

import pytest

from bot.teams.auth.upload_urls import is_onedrive_url


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://contoso-my.sharepoint.com/p/_api/v2.0/d/i/x/uploadSession?guid='a'&t=%20", True),
        ("https://contoso-my.sharepoint-df.com/x", True),
        ("https://contoso.sharepoint.com:443/x", True),
        ("https://contoso.sharepoint.com:444/x", False),
        ("https://a@contoso.sharepoint.com/x", False),
        ("https://contoso.sharepoint.com@evil.example/x", False),
        ("https://notsharepoint.com/x", False),
        ("https://sharepoint.com/x", False),
        ("https://evil.example/contoso.sharepoint.com", False),
        ("https://evil.example#.sharepoint.com", False),
        ("https://evil.example\\.sharepoint.com/x", False),
        ("https://contoso.sharep\u043eint.com/x", False),
        ("https://contoso.sharepoint.com./x", False),
        ("https://contoso.sharepoint.com/ x", False),
        ("ftp://contoso.sharepoint.com/x", False),
        ("https://[::1/x", False),
        ("http://127.0.0.1:1/x", False),
    ],
)
def test_an_upload_address_is_onedrives(url: str, *, good: bool) -> None:
    assert is_onedrive_url(url) is good
