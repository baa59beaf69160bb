"""Syncs with the stand-in for Partner Center."""
