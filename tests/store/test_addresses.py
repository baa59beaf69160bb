"""Where the store may be, as an operator writes it."""

import pytest

from bot.environment import Unsafe, read_settings


def _read(address: str) -> str:
    return read_settings({"SEATWISE_DATABASE_URL": address}).database_url


@pytest.mark.parametrize(
    "address",
    [
        "sqlite+aiosqlite:////srv/seatwise.db",
        "postgresql+psycopg://seats:p%40ss@db.internal:5432/seatwise",
        "postgresql+psycopg://[::1]/seatwise",
        "postgresql+psycopg:///seatwise?host=/run/postgresql",
        "postgresql+psycopg://seats@db/seatwise?sslmode=verify-full&options=-c%20search_path%3Dbot",
    ],
)
def test_a_file_and_a_server_are_read_as_written(address: str) -> None:
    assert _read(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "postgresql://seats:hunter-two@db/seatwise",
        "postgresql+asyncpg://seats:hunter-two@db/seatwise",
        "postgresql+psycopg:seatwise",
        "postgresql+psycopg://seats:hunter-two@db",
        "postgresql+psycopg://seats:hunter-two@db/",
        "postgresql+psycopg://seats:hunter-two@db:port/seatwise",
        "postgresql+psycopg://seats:hunter-two@db:99999/seatwise",
        "postgresql+psycopg://[::1/seatwise",
        "mysql+aiomysql://db/seatwise",
    ],
)
def test_anything_else_is_refused_without_repeating_the_password(address: str) -> None:
    with pytest.raises(Unsafe) as refused:
        _read(address)
    ((sentence, values),) = refused.value.faults
    assert sentence in ("setting-unreadable", "setting-unreadable-length")
    assert values["name"] == "SEATWISE_DATABASE_URL"
    assert "hunter" not in str(values)
