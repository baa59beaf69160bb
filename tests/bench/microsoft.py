"""Microsoft's cloud in a process of its own: stock botbuilder asks it from within its event loop,
so it cannot live in the same; and its login speaks TLS, which MSAL insists on.
"""

import asyncio
import json
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tests.teams.signing import jwk, private_key
from tests.teams.standin import Cloud

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Microsoft:
    """Where it is."""

    plain: str
    """Keys, login and connector, without a final slash."""
    login: str
    """Stock MSAL's authority: as of AD FS, which it asks nobody else about."""
    certificate: Path

    @property
    def service_url(self) -> str:
        return f"{self.plain}/connector/"


@asynccontextmanager
async def microsoft(folder: Path) -> AsyncIterator[Microsoft]:
    """Runs it; its tokens' key is this process's own."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    _certify(certificate, key)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.bench.microsoft", str(certificate), str(key)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        plain, login = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
        yield Microsoft(plain, login, certificate)
    finally:
        process.stdin.close()  # what ends it
        await process.wait()


def _certify(certificate: Path, key: Path) -> None:
    """A certificate for loopback, signed by itself; the key signs the tokens too."""
    private = private_key("first")
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a stand-in")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, SHA256())
    )
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


async def main(certificate: str, key: str) -> None:
    """Serves both ways until standard input ends."""
    cloud = Cloud()
    public = load_pem_private_key(await asyncio.to_thread(Path(key).read_bytes), None).public_key()
    cloud.keys.keys = [jwk("first", public=public)]
    app = cloud.app()
    app.router.add_get("/adfs/.well-known/openid-configuration", _discovery)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    await web.TCPSite(runner, HOST, 0).start()
    await web.TCPSite(runner, HOST, 0, ssl_context=tls).start()
    plain, secure = (address[1] for address in runner.addresses)
    said = [f"http://{HOST}:{plain}", f"https://{HOST}:{secure}/adfs"]
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


async def _discovery(request: web.Request) -> web.Response:
    base = str(request.url.origin() / "adfs")
    return web.json_response(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/oauth2/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
        }
    )


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
