"""What every format says of a report, in the language of who reads it."""
