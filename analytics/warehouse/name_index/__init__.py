"""Customers found by what people type of their names."""
