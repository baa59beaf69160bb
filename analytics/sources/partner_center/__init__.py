"""Partner Center's API: sign-in, rate-limited calls, and the datasets made of its answers."""
