"""Rights, audit and saved questions, in SQL."""
