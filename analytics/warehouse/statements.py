"""Reading of a question's SQL: the tables that it names, and whether it names its columns."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Statement:
    """A question's SQL, as the parser reads it."""

    own: frozenset[str]
    """Names of its common tables."""
    tables: frozenset[str]
    """Names of all tables that it reads, its own among them; others stand in braces."""
    functions: frozenset[str]
    """Names of the functions that it reads as tables."""
    takes_all: bool
    """True if it says `*` for columns anywhere, or a table for its whole row: then the names of the
    columns are not all in it.
    """
    error: str
    """Why it cannot be read; empty if it can."""


@lru_cache(maxsize=1024)
def read_statement(sql: str) -> Statement:
    """Return what the parser tells of the SQL, whose tables stand in braces. A text is parsed once:
    a question has the same ones each time.
    """
    named = re.sub(r"\{(\w+)\}", r'"{\1}"', sql)
    ((tree,),) = _parser().cursor().execute("SELECT json_serialize_sql($1)", [named]).fetchall()
    read = json.loads(tree)
    nodes = list(_nodes(read))
    maps = [node.get("cte_map", {}).get("map", ()) for node in nodes]
    kinds = {node.get("class") for node in nodes}
    sources = {node["alias"] for node in nodes if node.get("type") == "BASE_TABLE"}
    named_alone = {
        node["column_names"][0] for node in nodes if len(node.get("column_names") or ()) == 1
    }
    return Statement(
        own=frozenset(each["key"] for its in maps for each in its),
        tables=frozenset(n["table_name"] for n in nodes if n.get("type") == "BASE_TABLE"),
        functions=frozenset(
            n["function"]["function_name"] for n in nodes if n.get("type") == "TABLE_FUNCTION"
        ),
        takes_all="STAR" in kinds or bool(sources & named_alone or read["error"]),
        error=str(read.get("error_message", "")) if read["error"] else "",
    )


@lru_cache(maxsize=1024)
def parameters(sql: str) -> frozenset[str]:
    """Return the names of the SQL's parameters.

    >>> sorted(parameters("SELECT $a + $b1 + $a"))
    ['a', 'b1']
    """
    return frozenset(re.findall(r"\$(\w+)", sql))


_IF_SET = re.compile(r"\(\$(\w+) IS NULL OR ")


@lru_cache(maxsize=1024)
def with_set_conditions(sql: str, unset: frozenset[str]) -> str:
    """Return the SQL with each `($name IS NULL OR condition)` decided: true where the parameter is
    `unset`, else the condition alone. What is not there need not be planned.

    >>> with_set_conditions("a WHERE ($t IS NULL OR lower(t) = $t) AND b", frozenset())
    'a WHERE (lower(t) = $t) AND b'
    >>> with_set_conditions("a WHERE ($t IS NULL OR lower(t) = $t) AND b", frozenset({"t"}))
    'a WHERE (true) AND b'
    """
    parts, at = list[str](), 0
    while found := _IF_SET.search(sql, at):
        end = _closing(sql, found.end())
        parts += [sql[at : found.start()], "("]
        parts += ["true" if found[1] in unset else sql[found.end() : end], ")"]
        at = end + 1
    return "".join([*parts, sql[at:]])


def _closing(sql: str, at: int) -> int:
    """Return the place of the parenthesis that closes the one which is open there."""
    depth = 1
    for found in re.finditer(r"[()]", sql[at:]):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            return at + found.start()
    raise ValueError(sql)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """An empty database that only parses."""
    return duckdb.connect(config={"enable_external_access": False, "threads": 1})


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every object within a parsed statement."""
    if isinstance(tree, dict):
        yield tree
    for below in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(below, dict | list):
            yield from _nodes(below)
