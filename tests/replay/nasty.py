"""A made-up session with everything that a file may hold and a real one did not."""

from typing import Any

LONG_WORD = "Donaudampfschiffahrts" * 23
NASTY: dict[str, Any] = {
    "sessions": [
        {
            "title": " <b>Titel</b> & 'meer' \"x\" {{ 7*7 }} ",
            "group": '=HYPERLINK("http://x")',
            "participants": [
                {"name": "An <script>alert(1)</script>", "role": None},
                {"name": "+31 6 12345678"},
                {"name": "Bo\u0007 von Ölm\u0301", "role": "حارس الحي"},
                {"name": None, "role": "zonder naam"},
            ],
            "questions": [
                {
                    "text": "Wat\nvindt u van 'dit' <i>plan</i>? 🏳️‍🌈",
                    "themes": [
                        {"name": "Dubbel", "points": 9, "statements": ["zelfde", "zelfde", "Zelfde"]},
                        {"name": "Dubbel", "points": 9, "statements": ["zelfde", "  ruimte   eromheen  "]},
                        {"name": "=1+1", "points": 1, "statements": ["=1+1", "'apostrof", "''twee", "-> snel actie"]},
                        {"name": "Leeg met punten", "points": 1},
                        {"name": "Leeg zonder punten", "points": 0, "statements": []},
                        {
                            "name": "<svg onload=alert(1)>",
                            "points": None,
                            "statements": [
                                "twee\r\nregels\u2028drie",
                                "bel\u0007 nul\u0000 escape\u001b[31m",
                                "👩‍👩‍👧‍👦 familie, 🇳🇱 vlag, 한국어, 日本語, עברית \u202eomgekeerd",
                                "e\u0301e\u0301n combinerend, Å is Å",
                                '"aanhaling"; puntkomma, \\ backslash, {{ jinja }}, {% raw %}, #typst $x$ *vet* _k_',
                                "&lt;geen tag&gt; &amp;amp; <br> </span></li></template>",
                                LONG_WORD,
                                "\ufeffbom en \u200bnul breed",
                            ],
                        },
                    ],
                },
                {"text": "Een vraag zonder thema's"},
                {
                    "text": "En nu?",
                    "themes": [
                        {"name": "Algemeen", "statements": ["algemeen een", "algemeen twee"]},
                        {"name": "Tweede dubbele", "from_theme": "Dubbel", "points": 2, "statements": ["b", "a"]},
                        {"name": "Leeg zonder punten", "from_theme": "Leeg zonder punten", "points": 5},
                        {"name": "Andere dubbele", "from_theme": "Dubbel", "statements": ["a" * 281]},
                    ],
                },
                {
                    "text": "En dan?",
                    "themes": [
                        {"name": "Nog eens", "from_theme": "Algemeen", "points": None, "statements": ["klaar"]},
                        {"name": "Terug", "from_theme": "<svg onload=alert(1)>", "statements": ["vroeger"]},
                    ],
                },
            ],
        },
        {
            "title": "One alone",
            "language": "en",
            "group": None,
            "district": None,
            "date": None,
            "about": "without a vote one person is enough",
            "participants": [{}],
            "questions": [{"text": "Why?", "themes": [{"name": "Because", "statements": ["so"]}]}],
        },
    ]
}
