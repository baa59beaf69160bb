"""Where facts live: building, publishing and reading generations. The only home of DuckDB."""
