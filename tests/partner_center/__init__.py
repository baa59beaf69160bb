"""A stand-in for Partner Center, and the client that talks to it."""
