"""Charts: from results to chart models, and from chart models to pictures."""
