"""The benchmark: the real server on one core, the load on another, and a bare server beside it."""
