"""Questions: from facts to typed results, with named SQL beside each question."""
