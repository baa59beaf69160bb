"""Every sentence a person reads, in each language: `<locale>.po`, and the speaker that says
them.
"""
