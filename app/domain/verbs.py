"""Whether a short text says what somebody will do: it has at least two words, and one of them looks like a verb.

Dutch infinitives end in -en, and so do many plural nouns: the rule lets those pass, since a hint too few is better than
one too many. Other forms are looked up among the verbs that action lists are made of. A text in another script is
taken to say what it means.
"""

from __future__ import annotations

import re
import unicodedata

FEWEST_WORDS = 2
SHORTEST_INFINITIVE = 5
_DUTCH = """
bel belt benader beperk bepaal bereid beschrijf bespreek betrek bezoek bied bouw breng check controleer deel doe doet
doen draag evalueer gaat gaan geef geeft ga haal help houd huur inventariseer koop koppel laat leen leer leg leid let
lever los maak mail meet meld neem neemt nodig onderzoek ontwerp open organiseer overleg pak plaats plan plant praat
presenteer probeer publiceer regel regelt repareer richt ruim schrijf slaan sluit spreek sta staan start stel stem
stop stuur stuurt test toets toon verbeter verdeel verdeelt verbind vergroot verhoog verlaag verspreid verstuur vertel
vervang verzamel verzoek vind volg voeg voer vraag vul wacht werf werk werkt werkt wijs wijzig zet zetten zie zien zoek
zorg zorgt
"""
_ENGLISH = """
add agree answer appoint apply arrange ask assign attend bring build buy call change check choose clean close collect
come connect contact continue cook count create decide define deliver describe design develop discuss divide do draft
draw evaluate extend find finish fix follow fund get give hang help hire hold improve inform install invite join keep
learn let list look mail make map measure meet mend move open order organise organize paint pay phone pick place plan
plant post prepare present propose publish put raise read record reduce remind remove repair replace reply report
request research reserve review run schedule search see sell send set share show sign simplify speak start stop store
support take talk teach tell test tidy train translate try update visit wait walk watch work write
"""
_VERBS = frozenset(_DUTCH.split()) | frozenset(_ENGLISH.split())
_WORD = re.compile(r"[^\W\d_]+")


def says_what(text: str) -> bool:
    """Whether a text looks like something that can be done and ticked off."""
    words = _WORD.findall(_plain(text))
    if not any(word.isascii() for word in words):
        return bool(words)
    return len(words) >= FEWEST_WORDS and any(_is_verb(word) for word in words)


def _is_verb(word: str) -> bool:
    is_infinitive = len(word) >= SHORTEST_INFINITIVE and word.endswith("en")
    return is_infinitive or word in _VERBS or word.removesuffix("t") in _VERBS or word.removesuffix("s") in _VERBS


def _plain(text: str) -> str:
    """Without capitals and accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
