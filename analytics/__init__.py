"""Analytics: typed questions about a partner's customers, typed results, and their charts. Knows no
chat.
"""
