"""The Partner Center installation to call, and the app to call it as."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Registration:
    """Addresses without their final slash, and the app, which is of the partner's own tenant."""

    api: str
    login: str
    resource: str
    """The resource to request tokens for: the API's true address, even if a stand-in answers."""
    tenant: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def token_url(self) -> str:
        """The address at which tokens are renewed."""
        return f"{self.login}/{self.tenant}/oauth2/token"

    @property
    def app(self) -> dict[str, str]:
        """The app's part of every form."""
        return {
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "resource": self.resource,
        }
