"""Which theme a loose statement resembles, and which statements belong together: hints with a reason, never moves."""
