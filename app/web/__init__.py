"""The doors: each parses what comes in, asks who it is and whether they may, and hands over."""
