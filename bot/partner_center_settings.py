"""Partner Center's addresses, and the settings that are missing to reach it."""

from dataclasses import dataclass

from analytics.sources.partner_center.registration import Registration
from analytics.values import Program
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Cloud:
    """A national cloud's addresses (endpoints.yaml: hosts, authentication), each without its final
    slash.
    """

    api: str
    login: str
    resource: str
    """The resource that tokens are asked for; a stand-in's tokens are for it too."""


_GLOBAL_API = "https://api.partnercenter.microsoft.com"
_CHINA_API = "https://partner.partnercenterapi.microsoftonline.cn"
_CLOUDS = {
    "global": Cloud(_GLOBAL_API, "https://login.microsoftonline.com", _GLOBAL_API),
    "us-government": Cloud(_GLOBAL_API, "https://login.microsoftonline.us", _GLOBAL_API),
    "china": Cloud(_CHINA_API, "https://login.partner.microsoftonline.cn", _CHINA_API),
}


def cloud(settings: Settings) -> Cloud:
    """The cloud that the settings name, with addresses of their own where they name some."""
    usual = _CLOUDS[settings.partner_center_cloud]
    api = settings.partner_center_url.rstrip("/") or usual.api
    login = settings.partner_center_login_url.rstrip("/") or usual.login
    return Cloud(api, login, usual.resource)


def registration(settings: Settings) -> Registration:
    """The app registration and addresses that the client connects with."""
    its = cloud(settings)
    return Registration(
        api=its.api,
        login=its.login,
        resource=its.resource,
        tenant=settings.partner_center_tenant,
        client_id=settings.partner_center_client_id,
        client_secret=settings.partner_center_client_secret,
    )


def missing_variables(settings: Settings) -> list[str]:
    """Variables that are not set and without which there is no connection."""
    needed = {
        "partner_center_tenant": settings.partner_center_tenant,
        "partner_center_client_id": settings.partner_center_client_id,
        "partner_center_client_secret": settings.partner_center_client_secret,
    }
    return [f"SEATWISE_{name.upper()}" for name, value in needed.items() if not value]


def can_sync(settings: Settings) -> bool:
    """Check whether a sync is to be tried at all: the programme has an API, and no variable is
    missing.
    """
    return settings.program is not Program.INDIRECT_RESELLER and not missing_variables(settings)
