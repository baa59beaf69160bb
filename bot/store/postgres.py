"""The store in PostgreSQL: a small pool that notices lost servers, and waits with a limit."""

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.timeouts import PATIENCE

_ONE_STARTS = 7_328_928_319_736_837_235
"""Id of the advisory lock that migrations take; any number that no other program uses would do."""

_SESSION = {
    "timezone": "UTC",  # what broken_at() reads as text carries its offset
    "datestyle": "ISO",
    "lock_timeout": f"{PATIENCE:.0f}s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",  # a process that hangs lets go of its locks
}

_CONNECTION = {
    "connect_timeout": "5",
    "application_name": "seatwise",
    # A server that vanished silently is noticed within seconds, not the kernel's minutes.
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "2",
}


def server_engine(url: URL) -> AsyncEngine:
    """Return an engine on the server. Options in the address itself (`?sslmode=…&options=…`) win.

    Transactions are READ COMMITTED: a transaction that changes data locks its partner's row first,
    see lock_partner(). Those that only read see one moment.
    """
    ours = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    theirs = url.query.get("options", ())
    options = " ".join((ours, *((theirs,) if isinstance(theirs, str) else theirs)))
    engine = create_async_engine(
        url.set(query={**_CONNECTION, **url.query, "options": options}),
        pool_size=5,  # a server has some hundred connections, for every replica together
        max_overflow=5,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        pool_recycle=1800,  # seconds; firewalls drop connections that were idle for long
    )
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other process migrates, and hold the lock until the transaction ends."""
    connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # a large table takes its time
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_STARTS})")


def _begin(connection: Connection) -> None:
    """Give a reading transaction one moment for all it reads: a chain and its head must match."""
    if connection.get_execution_options().get("reading"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
