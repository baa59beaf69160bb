"""Mutants of the guards: `make mutation` changes their code bit by bit, and a test must notice."""
