"""Facts to typed results; named SQL beside the question."""
