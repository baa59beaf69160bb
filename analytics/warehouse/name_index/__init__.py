"""Search of customers by names as people type them."""
