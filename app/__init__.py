"""Moderato: a live Group Decision Room."""
