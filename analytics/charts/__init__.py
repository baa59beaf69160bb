"""Results to chart models, and chart models to pictures."""
