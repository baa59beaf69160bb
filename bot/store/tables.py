"""The store's tables. Rows carry their partner unless said otherwise; people are platform, tenant
and id.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

from bot.store.column_types import Instant, SafeText
from handlers.chat.asking import Reach

metadata = MetaData()

partner = Table(
    "partner",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("head_seq", Integer, nullable=False, default=0),
    Column("head_mac", String(64), nullable=False, default=""),
    Column("reports", Integer, nullable=False, server_default="0"),
    Column("decisions", Integer, nullable=False, server_default="0"),
)
"""One reseller, and the head of its audit chain, which reveals a cut-off tail. `reports` and
`decisions` are the numbers of the last ones, so that none comes twice.
"""

_PERSON = ("platform", "tenant", "user_id")


def _person() -> list[Column[str]]:
    return [Column(name, String(128), nullable=False) for name in _PERSON]


assignment = Table(
    "assignment",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
    *_person(),
    Column("role", String(32), nullable=False),
    Column("customers", Text),
    Column("with_people", Boolean, nullable=False, server_default=false()),
    Column("until", Instant),
    Column("reason", SafeText, nullable=False),
    Column("given_by", String(400), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("scopes", Text),
    Index("assignment_person", "partner", *_PERSON),
)
"""A role given to a person; `customers` is a JSON list of tenant ids, NULL for all; `scopes` one of
groups' numbers, NULL for none: with scopes the customers are a list, which may be empty."""

audit = Table(
    "audit",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("entry", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)
"""The audit, append-only. `entry` is canonical JSON; `mac` is keyed over it and the row before."""

saved_ask = Table(
    "saved_ask",
    metadata,
    Column("id", String(43), primary_key=True),
    Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
    *_person(),
    Column("text", SafeText, nullable=False),
    Column("until", Instant, nullable=False, index=True),
    Column("confirms", String(64), nullable=False, server_default=""),
    Column("reach", String(16), nullable=False, server_default=Reach.ASKER.value),
    Column("room", String(400), nullable=False, server_default=""),
    Column("by_reader", Boolean, nullable=False, server_default=false()),
    Column("generation", Integer),
    Column("view", String(64), nullable=False, server_default="answer"),
)
"""The question of a button, with the person who may press it and the room. `generation` is NULL for
the newest figures.
"""

conversation = Table(
    "conversation",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("tenant", String(128), primary_key=True),
    Column("address", String(400), primary_key=True),
    Column("installation", String(400), nullable=False),
    Column("service_url", String(400), nullable=False),
    Column("bot", String(128), nullable=False),
    Column("person", String(128), nullable=False),
    Column("account", String(400), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("welcomed", Boolean, nullable=False, server_default=false()),
    Column("name", SafeText, nullable=False, server_default=""),
    Column("shared", Boolean),
    Index("conversation_person", "platform", "tenant", "person"),
)
"""Conversations that the bot was added to, with what it takes to write there unasked. They have no
partner: they hold no figures and no rights, and one installation may serve rooms of several.
`shared` is NULL for rooms known before it was asked.
"""

schedule = Table(
    "schedule",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("partner", String(64), ForeignKey("partner.id"), nullable=False),
    Column("number", Integer, nullable=False),
    *_person(),
    Column("text", SafeText, nullable=False),
    Column("title", SafeText, nullable=False),
    Column("cron", String(100), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("room", String(400), nullable=False),
    Column("room_kind", String(32), nullable=False),
    Column("room_name", SafeText, nullable=False),
    Column("reach", String(16), nullable=False),
    Column("confirms", String(64), nullable=False),
    Column("misfire", String(16), nullable=False),
    Column("quiet", String(16), nullable=False),
    Column("doubt", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("since", Instant, nullable=False),
    Column("next_due", Instant, index=True),
    Column("version", Integer, nullable=False),
    Column("runs", Integer, nullable=False),
    Column("figures", String(64), nullable=False),
    Column("last_sent", Instant),
    Column("told", String(64), nullable=False),
    Column("reading", String(16), nullable=False, server_default=""),
    Column("member", String(64), nullable=False, server_default=""),
    Index("schedule_number", "partner", "kind", "number", "member", unique=True),
)
"""Saved questions and jobs on schedule. `runs` counts runs; `next_due` is NULL unless active.
`member` is the customer of a part of a digest for each customer of a group; else empty.
"""

occurrence = Table(
    "occurrence",
    metadata,
    Column("schedule", String(32), ForeignKey("schedule.id"), primary_key=True),
    Column("due", Instant, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("fence", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("doubted", Instant),
    Column("message", String(400), nullable=False),
    Column("content", String(64), nullable=False),
    Column("at", Instant),
    Column("by_hand", Boolean, nullable=False),
    Column("repeated", Boolean, nullable=False),
    Column("missed", Integer, nullable=False),
    Index("occurrence_state", "state", "not_before"),
)
"""One run: the key makes sure that each is decided once. `doubted` is the time at which an attempt
whose end was not observed was about to send.
"""

ops_room = Table(
    "ops_room",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    *_person(),
    Column("room", String(400), nullable=False),
    Column("room_kind", String(32), nullable=False),
    Column("name", SafeText, nullable=False),
)
"""The room where failures are told, and the partner admin who chose it."""

sign_in = Table(
    "sign_in",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("token", Text, nullable=False),
    Column("given", String(64), nullable=False),
    Column("renewed", Instant, nullable=False),
    Column("refused", String(64), nullable=False),
    Column("told", String(64), nullable=False),
    Column("lease_until", Instant),
    Column("fence", Integer, nullable=False),
)
"""A consent at Partner Center and its newest refresh token, sealed. The process that renews it
holds the lease; `told` is the trouble that admins know of.
"""

announcement = Table(
    "announcement",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("claimed_until", Instant),
    Column("told", Instant),
)
"""Notices that the partner admins get once after an upgrade; the process that sends one has
claimed it.
"""

report = Table(
    "report",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    *_person(),
    Column("room", String(400), nullable=False),
    Column("command", String(64), nullable=False),
    Column("question", SafeText, nullable=False),
    Column("customers", Text, nullable=False),
    Column("stamp", SafeText, nullable=False),
    Column("generation", Integer),
    Column("said", SafeText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("told", Instant),
    Index("report_at", "partner", "at"),
)
"""Answers that looked wrong to a reader. `customers` and `stamp` are JSON lists; the process that
tells of one has claimed it, and `told` is when it did.
"""

ignored_product = Table(
    "ignored_product",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("customer", String(64), primary_key=True),
    Column("product", String(200), primary_key=True),
    Column("reason", SafeText, nullable=False),
    Column("given_by", String(400), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("until", String(10), nullable=False),
)
"""Products that totals leave out for one customer. `until` is the last such day, as 2027-06-30."""

customer_group = Table(
    "customer_group",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    *_person(),
    Column("name", SafeText, nullable=False),
    Column("customers", Text, nullable=False),
    Column("given_by", String(400), nullable=False),
    Column("at", Instant, nullable=False),
    Column("gone", Boolean, nullable=False, server_default=false()),
)
"""Groups of customers, as a JSON list of tenant ids; a list's person is its reader, a scope's is
empty. Deleted ones stay, without customers: no number comes twice."""

audit_key = Table(
    "audit_key",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("last_seq", Integer, primary_key=True),
    Column("key", Text, nullable=False),
)
"""The sealed key of the audit's rows up to `last_seq`: the secret was changed after them."""

audit_start = Table(
    "audit_start",
    metadata,
    Column("partner", String(64), ForeignKey("partner.id"), primary_key=True),
    Column("last_seq", Integer, nullable=False),
    Column("mac", Text, nullable=False),
)
"""Where a cut audit begins: behind the row `last_seq`, whose seal is kept, itself sealed."""
