"""Every sentence that people read, in each language: `<locale>.po`, and the speaker of it."""
