"""Partner Center's API: signing in, calling politely, and what of it becomes which dataset."""
