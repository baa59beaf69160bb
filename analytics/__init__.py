"""Answers typed questions about a partner's customers with typed results, and draws them. Knows no
chat.
"""
