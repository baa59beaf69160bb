"""Which Partner Center, and as which app."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Registration:
    """Addresses without their final slash; the app is one of the partner's own tenant."""

    api: str
    login: str
    resource: str
    """What tokens are asked for: the API's true address, also where a stand-in answers."""
    tenant: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def token_url(self) -> str:
        """Where tokens are renewed."""
        return f"{self.login}/{self.tenant}/oauth2/token"

    @property
    def app(self) -> dict[str, str]:
        """The app's part of every form."""
        return {
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "resource": self.resource,
        }
