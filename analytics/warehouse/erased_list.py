"""The customers and people who were erased, as keyed hashes: what arrives of them is left out.

A hash tells whether a known name is on the list, and nothing to those without the key.
"""

import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analytics.tables import EXTENSION_LIST, Cell, Dataset, Row, Secrecy
from analytics.values import TenantId

_CUSTOMER, _NAME, _PERSON, _ROW = "customer", "customer's name", "person", "row"
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[^\s\"\\,;:<>(){}\[\]|=/?&]+")
_QUOTED = re.compile(r'"([^"]*)"')
_ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")
_REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class HashGroup:
    """Hashes made with one key."""

    key: bytes
    customers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Hashes of tenant ids, each with the hashes of the customer's names."""
    persons: frozenset[str] = frozenset()
    """Hashes of sign-in names and ids."""

    def hash_of(self, kind: str, text: str) -> str:
        """Return the hash of a text, which differs by kind; upper and lower case are one."""
        return hmac.new(self.key, f"{kind}:{plain_form(text)}".encode(), "sha256").hexdigest()

    def union(self, other: "HashGroup") -> "HashGroup":
        """Return this group with the hashes of another one of the same key."""
        names = {
            each: self.customers.get(each, frozenset()) | other.customers.get(each, frozenset())
            for each in {**self.customers, **other.customers}
        }
        return replace(self, customers=names, persons=self.persons | other.persons)


@dataclass(frozen=True)
class ErasedList:
    """The customers and people who were erased. A list restored from elsewhere keeps its own key,
    as a group.
    """

    groups: tuple[HashGroup, ...] = ()
    _found: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False, compare=False)
    """What was looked for already: rows name the same few thousand customers again and again."""

    def __bool__(self) -> bool:
        return any(group.customers or group.persons for group in self.groups)

    @property
    def customers(self) -> int:
        """The number of customers on the list."""
        return sum(len(group.customers) for group in self.groups)

    @property
    def persons(self) -> int:
        """The number of sign-in names and ids on the list; a person may have two."""
        return sum(len(group.persons) for group in self.groups)

    def has_customer(self, tenant: str) -> bool:
        """Check whether the customer with this tenant id was erased."""
        return self._has(_CUSTOMER, tenant)

    def has_name(self, name: str) -> bool:
        """Check whether a customer of this name was erased; another may have the same name."""
        return self._has(_NAME, name)

    def has_person(self, text: str) -> bool:
        """Check whether a text is, or mentions, a sign-in name or id of an erased person."""
        return any(self._has(_PERSON, word) for word in set(_words(text)))

    def mentions_customer(self, text: str) -> bool:
        """Check whether a text mentions the tenant id of an erased customer."""
        return any(self.has_customer(found) for found in _GUID.findall(text))

    def pseudonym(self, text: str) -> str:
        """Return what stands for a person's id where rows need one to be told apart."""
        return f"erased-{self.groups[0].hash_of(_PERSON, text)[:16]}"

    def with_customer(self, tenant: TenantId, names: Sequence[str]) -> "ErasedList":
        """Return the list with one more customer."""
        first, *rest = self.groups or (HashGroup(secrets.token_bytes(32)),)
        hashes = frozenset(first.hash_of(_NAME, name) for name in names if name.strip())
        more = HashGroup(first.key, {first.hash_of(_CUSTOMER, tenant): hashes})
        return ErasedList((first.union(more), *rest))

    def with_person(self, known_as: Sequence[str]) -> "ErasedList":
        """Return the list with one more person, known by these sign-in names and ids."""
        first, *rest = self.groups or (HashGroup(secrets.token_bytes(32)),)
        more = frozenset(first.hash_of(_PERSON, each) for each in known_as)
        return ErasedList((first.union(HashGroup(first.key, persons=more)), *rest))

    def without_customer(self, named: str) -> "ErasedList":
        """Return the list without the customer of this tenant id, or without those of this name."""
        return ErasedList(tuple(_without_customer(group, named) for group in self.groups))

    def without_person(self, known_as: str) -> "ErasedList":
        """Return the list without this sign-in name or id."""
        return ErasedList(
            tuple(
                replace(group, persons=group.persons - {group.hash_of(_PERSON, known_as)})
                for group in self.groups
            )
        )

    def union(self, other: "ErasedList") -> "ErasedList":
        """Return a list of all who are on either list."""
        groups = {group.key: group for group in self.groups}
        for group in other.groups:
            groups[group.key] = groups[group.key].union(group) if group.key in groups else group
        return ErasedList(tuple(groups.values()))

    def filter_rows(self, dataset: Dataset, rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
        """Return the rows without those of erased customers, and with the cells of erased people
        empty; and a hash for the key of each row that was left out, by which rows can be counted.
        """
        if not self:
            return list(rows), []
        cells, kept, left_out = CellsToCheck(dataset), list[Row](), list[str]()
        for row in rows:
            if self._is_customers(cells, row):
                left_out.append(self.groups[0].hash_of(_ROW, repr([row[at] for at in dataset.key])))
            else:
                kept.append(self._without_persons(cells, row))
        return kept, left_out

    def _has(self, kind: str, text: str) -> bool:
        if (kind, text) not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            its = ((group, group.hash_of(kind, text)) for group in self.groups)
            self._found[kind, text] = any(_in_group(group, kind, hashed) for group, hashed in its)
        return self._found[kind, text]

    def _is_customers(self, cells: "CellsToCheck", row: Row) -> bool:
        tenant = row[cells.tenant] if cells.tenant is not None else None
        if tenant:
            if self.has_customer(str(tenant)):
                return True
        elif cells.customer is not None and self.has_name(str(row[cells.customer] or "")):
            return True
        return any(self.mentions_customer(str(row[at])) for at in cells.telling if row[at])

    def mentions_anybody(self, text: str) -> bool:
        """Check whether a text mentions an erased customer or person."""
        return self.mentions_customer(text) or self.has_person(text)

    def _without_persons(self, cells: "CellsToCheck", row: Row) -> Row:
        named = any(self.has_person(str(row[at])) for at in cells.personal if row[at])
        if not named and not any(
            self.mentions_anybody(str(row[at])) for at in cells.sealed if row[at]
        ):
            return row
        changed: list[Cell] = list(row)
        for at in (*cells.personal, *cells.sealed):
            is_id = at in cells.ids
            changed[at] = self.pseudonym(str(row[at])) if is_id else None
        return tuple(changed)


class CellsToCheck:
    """Positions of a dataset's cells that name customers or people."""

    def __init__(self, dataset: Dataset) -> None:
        at = {column.name: place for place, column in enumerate(dataset.columns)}
        self.tenant, self.customer = at.get("tenant"), at.get("customer")
        if dataset is EXTENSION_LIST:
            self.customer = at["subscription"]  # its id is kept with the names of the customer
        self.ids = [at[name] for name in PERSON_IDS if name in at]
        told = [at[c.name] for c in dataset.columns if c.secrecy is Secrecy.PERSON]
        self.personal = [*told, *self.ids]
        self.sealed = [at[c.name] for c in dataset.columns if c.secrecy is Secrecy.SEALED]
        self.telling = [*told, *([at["event"]] if "event" in at else [])]


PERSON_IDS = ("member",)
"""Columns with a person's id, which is part of the row's key."""


def plain_form(text: str) -> str:
    """Return a text as it is compared: in one case, one form of each letter, without blanks."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _in_group(group: HashGroup, kind: str, hashed: str) -> bool:
    if kind == _CUSTOMER:
        return hashed in group.customers
    if kind == _PERSON:
        return hashed in group.persons
    return any(hashed in names for names in group.customers.values())


def _without_customer(group: HashGroup, named: str) -> HashGroup:
    tenant, name = group.hash_of(_CUSTOMER, named), group.hash_of(_NAME, named)
    kept = {
        each: names
        for each, names in group.customers.items()
        if each != tenant and name not in names
    }
    return replace(group, customers=kept)


def _words(text: str) -> Iterator[str]:
    """Yield what may be a sign-in name, an id or a name in a cell, which may be JSON in JSON."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\\", "")
    yield plain
    yield from _QUOTED.findall(plain)
    for word in _WORD.findall(plain):
        yield word
        yield word.strip("'.!")
