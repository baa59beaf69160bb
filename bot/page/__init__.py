"""The web page of the demonstration."""
