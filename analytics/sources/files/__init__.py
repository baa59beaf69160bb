"""Files exported from Partner Center, read whole or refused whole."""
