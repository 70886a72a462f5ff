"""Words that people use for one subject when they talk about their work or their neighbourhood, Dutch and English.

Made from the subjects of local government and of working together, not from any session's themes. A word belongs to a
subject when it begins with one of its keys, or holds a key of at least six letters anywhere (compounds).
"""

from __future__ import annotations

import functools

SHORTEST_INSIDE = 6
_SUBJECTS = """
politie agent handhav toezicht boa beveilig crimin inbraak veilig | police officer enforce patrol crime burglar safety
communic informa informe voorlicht nieuwsbrief website internet terugkoppel transparan krant | newsletter feedback
samen gezamenlijk partner integra afstem netwerk team colleg | together cooperat collaborat partner teamwork colleague
overleg vergader afspra verslag agenda bespre notul actiepunt | meeting minutes agenda appointment discuss
bewoner burger inwoner buurt participa buren | resident citizen neighbo inhabitant participa
geld budget financi bezuinig kosten subsid begroting | money budget financ costs subsid funding
tijd werkdruk druk planning uren deadline | time workload hours planning deadline
personeel medewerker bezetting formatie capaciteit vacature | staff employee personnel vacanc capacity
bevoegd mandaat besliss besluit zeggenschap verantwoordelijk | authority mandate decision decide responsib
bereikba toegankelijk laagdrempel spreekuur loket balie openingstijd | accessib reachab desk counter opening
groen plantsoen bomen boom gras tuin onkruid | green tree trees grass garden weeds
parkeer parker auto verkeer fiets snelheid wegen | parking traffic cycl speeding roads
jeugd jonger kinder speel hangplek | youth young children playground
afval zwerf vuil schoon rommel poep stank | waste litter rubbish clean dirt
overlast lawaai geluid vernieling vandal herrie | nuisance noise vandal
welzijn sociaal sociale voorzien buurthuis faciliteit | welfare social facilit community
snel vlot traag wacht slagvaardig daadkracht doortast | quick fast slow waiting decisive
initiatief zelf eigen vrijwillig | initiative self volunt own
visie beleid toekomst strateg doelen doelstelling termijn | vision policy future strateg goals
leiding leider manager voorzitter trekker regie regisseur | leader manager chair director
enthousias inzet motiv betrokken commitment inspanning draagvlak | enthusias effort motivat involve support
vernieuw creativ innovat ideeen experiment | creativ innovat ideas renew experiment
probleem problemen knelpunt klacht zorgen | problem trouble complain concern
aanpak werkwijze methode oploss werkproces | approach method solve solution solving process
taak taken functie rolverdeling | task role duties
woning wonen huur huizen corporatie | housing house houses rent homes
school scholen onderwijs leerling opleiding | school education pupil training
zorg gezond huisarts dokter ziek | care health doctor illness
ouderen senior bejaard vergrijz | elderly senior ageing
winkel ondernemer horeca markt bedrijven | shop shops business entrepreneur market
digitaal computer systeem automatiser software | digital computer system software
kennis deskundig ervaring expertise vakman | knowledge expert experience skills
service klantgericht dienstverlen klantvriend | service customer
duidelijk helder onduidelijk begrijpel | clear unclear understand
vertrouwen eerlijk betrouwba oprecht | trust honest reliab
gemeente ambtena stadhuis bestuur wethouder | municipal council civil official alderm
allochto cultuur culturen discrimin divers | culture diversity discrimin ethnic
sport voetbal beweg | sport football exercise
imago uitstraling zichtba profiler beeldvorm | image visib reputation profile
prioriteit prioriter keuzes urgent | priorit choices urgent
evalua resultaat effect meten meetba | evaluat result effect measur
regels procedure bureaucra vergunning formulier | rules procedure bureaucra permit forms
"""
SUBJECTS = tuple(tuple(line.replace("|", " ").split()) for line in _SUBJECTS.strip().splitlines())


@functools.lru_cache(maxsize=8192)
def subjects_of(word: str) -> tuple[int, ...]:
    """The numbers of the subjects that a folded word belongs to, rising; none for most words."""
    return tuple(number for number, keys in enumerate(SUBJECTS) if any(_belongs(word, key) for key in keys))


def _belongs(word: str, key: str) -> bool:
    return word.startswith(key) or (len(key) >= SHORTEST_INSIDE and key in word)
