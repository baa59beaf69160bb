"""Where figures come from: Partner Center's API, and files downloaded there."""
