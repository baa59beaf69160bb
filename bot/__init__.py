"""The running program: translators for chat platforms, storage, command line and wiring."""
