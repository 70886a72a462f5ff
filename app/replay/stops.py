"""Why a replay stops: one sentence, made for the person at the keyboard."""


class ReplayStopped(ValueError):
    """A file that can't be played, or a server that did not do what its pages promised."""
