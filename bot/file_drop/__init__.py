"""Downloads that partner admins put into their direct message, on their way into the figures."""
