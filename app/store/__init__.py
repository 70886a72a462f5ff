"""The database and nothing else: engines, tables, and the queries by noun."""
