"""Digests: saved questions, asked as their owners at their hours, posted, and failures told."""
