"""Sessions while people are in them: who hears of a change, when, and how many are here."""
