"""Analytics, without any chat: typed questions about customers, typed results, and charts."""
