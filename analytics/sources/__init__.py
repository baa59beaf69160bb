"""Sources of the figures: Partner Center's API, and files downloaded from its portal."""
