"""Rows of a dataset as people read them: each id or code with its newest name beside it."""

from collections.abc import Collection, Sequence

from analytics.warehouse.building.name_tables import NAMED
from analytics.warehouse.schema import in_sql


def rows_with_names(table: str, columns: Sequence[str], there: Collection[str]) -> str:
    """Return SQL for a table's rows, in which a column of names follows each column of ids or codes
    that has none of its own. `there` are the generation's tables.
    """
    cells, joins = [], []
    for column in columns:
        cells.append(f"r.{in_sql(column)}")
        for names, (code, name) in NAMED.items():
            if column == code and name not in columns and names in there:
                cells.append(f"{names}.name AS {in_sql(name)}")
                on = f"{names}.code = r.{in_sql(code)}::VARCHAR"
                joins.append(f"LEFT JOIN {names} ON {on}")
    return f"SELECT {', '.join(cells)} FROM {table} r {' '.join(joins)}"
