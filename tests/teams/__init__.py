"""Teams: its gate, its connector, its adapter, against a cloud on loopback."""
