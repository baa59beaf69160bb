"""The audit: a row for each question, refusal or grant; a chain of keyed hashes a partner."""

import hashlib
import hmac
import json
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import String, cast, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from analytics.values import PartnerId
from bot.store.batched_writes import WriteBatcher
from bot.store.encryption import Sealer, Unsealable
from bot.store.tables import audit, audit_key, audit_start, partner
from handlers.backend import JournalEntry

_NEW_PARTNER = text(
    "INSERT INTO partner (id, head_seq, head_mac) VALUES (:id, 0, '') ON CONFLICT DO NOTHING"
)

KEY_PLACE = ("audit_key", "key")
START_PLACE = ("audit_start", "mac")


def chain_key(secret: str, of: PartnerId) -> bytes:
    """Return the key that a partner's rows are sealed with under a secret."""
    return hmac.new(secret.encode(), b"audit:" + of.encode(), hashlib.sha256).digest()


class Audit:
    """Writer and verifier of the audit chains. Text typed by askers is kept as a keyed hash."""

    def __init__(self, engine: AsyncEngine, secret: str) -> None:
        self._engine = engine
        self._secret = secret
        self._together = WriteBatcher(engine)

    async def record(self, entry: JournalEntry) -> None:
        """Append one question's row; questions that end at the same moment share a transaction."""
        of, row = entry.ask.room.partner, self._question(entry)
        await self._together.write(lambda connection: self.append(connection, of, entry.at, row))

    async def note(self, of: PartnerId, at: datetime, entry: dict[str, object]) -> None:
        """Append a row about an act that the store itself does not hold."""
        await self._together.write(lambda connection: self.append(connection, of, at, entry))

    async def writable(self, of: PartnerId) -> None:
        """Check that the audit can be written, leaving everything as it was. Raises STORE_ERRORS if
        no row could be recorded: then no question may be answered.
        """
        async with self._engine.begin() as connection:
            seq, _ = await lock_partner(connection, of)
            await connection.execute(select(audit.c.seq).limit(1))
            for there_and_back in (seq + 1, seq):  # an unchanged value would not be written at all
                head = update(partner).where(partner.c.id == of).values(head_seq=there_and_back)
                await connection.execute(head)

    async def append(
        self, connection: AsyncConnection, of: PartnerId, at: datetime, *entries: dict[str, object]
    ) -> None:
        """Append rows to the partner's chain, in this order, in the caller's transaction: all that
        it does is saved, or nothing.
        """
        seq, head = await lock_partner(connection, of)
        rows = []
        for entry in entries:
            kept = json.dumps(entry, sort_keys=True, ensure_ascii=True)
            seq, head = seq + 1, _mac(self._key(of), seq + 1, head, at, kept)
            rows.append({"partner": of, "seq": seq, "at": at, "entry": kept, "mac": head})
        await connection.execute(insert(audit), rows)
        await connection.execute(
            update(partner).where(partner.c.id == of).values(head_seq=seq, head_mac=head)
        )

    async def broken_at(self, of: PartnerId) -> int | None:
        """Return the first row that does not follow from the one before it, or is missing; None if
        the chain is whole.
        """
        head = select(partner.c.head_seq, partner.c.head_mac).where(partner.c.id == of)
        async with self._engine.execution_options(reading=True).connect() as connection:
            whole, last, mac = await self._check_rows(connection, of)
            found = (await connection.execute(head)).first()
        if not whole:
            return last
        return None if (last, mac) == (tuple(found) if found else (0, "")) else last + 1

    async def verified_mac(
        self, connection: AsyncConnection, of: PartnerId, last: int
    ) -> str | None:
        """Return the seal of a row if the chain up to it is whole; None if it is not."""
        whole, at, mac = await self._check_rows(connection, of, last)
        return mac if whole and at == last else None

    async def _keys(self, connection: AsyncConnection, of: PartnerId) -> list[tuple[int, bytes]]:
        """Return the older keys in order, each with the last row it holds for. A key that cannot be
        opened becomes empty, so that its rows count as broken.
        """
        k = audit_key.c
        kept = select(k.last_seq, k.key).where(k.partner == of).order_by(k.last_seq)
        sealer, keys = Sealer(self._secret), []
        for last, sealed in await connection.execute(kept):
            try:
                opened = sealer.open(sealed, *KEY_PLACE, of, str(last))
            except Unsealable:
                opened = ""
            keys.append((int(last), bytes.fromhex(opened)))
        return keys

    async def _start(self, connection: AsyncConnection, of: PartnerId) -> tuple[int, str]:
        """Return the number and seal of the last row that was cut off; those of no row if nothing
        was, or if the start was changed: then no row follows.
        """
        s = audit_start.c
        kept = select(s.last_seq, s.mac).where(s.partner == of)
        row = (await connection.execute(kept)).first()
        if row is None:
            return 0, ""
        try:
            opened = Sealer(self._secret).open(row.mac, *START_PLACE, of, str(row.last_seq))
        except Unsealable:
            return 0, ""
        return int(row.last_seq), opened

    async def _check_rows(
        self, connection: AsyncConnection, of: PartnerId, upto: int | None = None
    ) -> tuple[bool, int, str]:
        """Return whether all rows, or those up to a number, follow one another, with the last row's
        number and seal; if not, those of the first row that does not follow.
        """
        a, keys = audit.c, await self._keys(connection, of)
        rows = select(a.seq, cast(a.at, String), a.entry, a.mac).where(a.partner == of)
        rows = rows if upto is None else rows.where(a.seq <= upto)
        last, before = await self._start(connection, of)
        async with connection.stream(rows.order_by(a.seq)) as stream:
            async for row in stream:
                last += 1
                seq, at, entry, mac = row
                key = next((key for end, key in keys if last <= end), self._key(of))
                if seq != last or not _follows(key, before, (seq, at, entry, mac)):
                    return False, last, mac
                before = mac
        return True, last, before

    def _question(self, entry: JournalEntry) -> dict[str, object]:
        ask = entry.ask
        file = {"file": asdict(entry.file)} if entry.file else {}
        return {
            **file,
            "action": "question",
            "who": str(ask.asker),
            "via": ask.via.value,
            "request": ask.id,
            "room": ask.room.kind.value,
            "address": ask.room.address,
            "reach": ask.reach.value,
            "shown": entry.shown.value,
            "outsiders": [str(who) for who in entry.outsiders],
            "command": entry.command,
            "text": hmac.new(
                self._key(ask.room.partner), ask.text.encode("utf-8", "replace"), hashlib.sha256
            ).hexdigest(),
            "outcome": entry.outcome.value,
            "why": entry.why,
            "customers": list(entry.customers),
        }

    def _key(self, of: PartnerId) -> bytes:
        return chain_key(self._secret, of)


def _follows(key: bytes, before: str, row: tuple[int, str, str, str]) -> bool:
    """Check whether a row was written with the key, behind `before`; False if it is malformed."""
    seq, at, entry, mac = row
    try:
        moment = datetime.fromisoformat(at)  # SQLite keeps UTC without saying so
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return hmac.compare_digest(_mac(key, seq, before, moment, entry), mac)
    except (TypeError, ValueError, OverflowError):
        return False


def _mac(key: bytes, seq: int, before: str, at: datetime, entry: str) -> str:
    message = json.dumps([seq, before, at.astimezone(UTC).isoformat(), entry]).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


async def lock_partner(connection: AsyncConnection, of: PartnerId) -> tuple[int, str]:
    """Lock the partner's row until the transaction ends; return its chain's length and head."""
    row = select(partner.c.head_seq, partner.c.head_mac).where(partner.c.id == of).with_for_update()
    found = (await connection.execute(row)).first()
    if found is None:  # another process may be writing the same new partner at this moment
        await connection.execute(_NEW_PARTNER, {"id": of})
        found = (await connection.execute(row)).one()
    return int(found[0]), str(found[1])
