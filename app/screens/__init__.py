"""Read side: what each screen shows, and which of its fragments an event makes stale."""
