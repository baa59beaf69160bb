"""The running program: translators for chat platforms, storage and wiring."""
