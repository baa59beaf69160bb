"""Storage of facts: building, publishing and reading generations. The only home of DuckDB."""
