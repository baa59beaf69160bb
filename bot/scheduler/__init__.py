"""What is done again at its hour: which runs are due, and how each comes to its end."""
