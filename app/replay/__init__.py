"""Plays a session from a file against a running server, as people with browsers would."""
