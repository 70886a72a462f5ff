"""Whose statements go to which question of a live agenda."""

from collections import Counter

from app.replay.deal import Deal
from app.replay.printed import Person, PrintedQuestion, PrintedSession, PrintedTheme

QUESTIONS = (
    PrintedQuestion("Wat gaat\n goed?", (PrintedTheme("A", 7, ("een", "twee", "een")), PrintedTheme(" B  b", 2))),
    PrintedQuestion("Wat kan beter?", (PrintedTheme("C", 0, ("vier",)),)),
    PrintedQuestion("En nu?", (PrintedTheme("D", 0, ("vijf",)),)),
)


def deal(people: int = 2, seed: int = 1) -> Deal:
    return Deal(PrintedSession("T", "", None, "nl", (Person(),), QUESTIONS), people, seed)


def said(dealt: Deal, question: str, text: str, people: int) -> Counter[str]:
    parts = [dealt.part(question, text, person) for person in range(people)]
    return Counter(written.text for part in parts for written in part.statements)


def test_each_statement_is_written_by_one_person_however_many_there_are() -> None:
    for people in (1, 2, 3, 50):
        assert said(deal(people), "11", "Anders", people) == Counter(["een", "een", "twee"])


def test_questions_come_in_their_order_and_round_again() -> None:
    dealt = deal()
    order = [dealt.part(str(number), f"Eigen vraag {number}", 0).printed for number in range(4)]
    assert order == [*QUESTIONS, QUESTIONS[0]]


def test_a_question_of_the_file_gets_its_own_statements_and_the_next_follows_it() -> None:
    dealt = deal()
    assert dealt.part("5", "Wat kan beter?", 0).printed == QUESTIONS[1]
    assert dealt.part("9", "Een vraag tussendoor", 0).printed == QUESTIONS[2]
    assert dealt.part("7", "Wat gaat goed?", 0).printed == QUESTIONS[0]


def test_a_question_keeps_its_statements_when_its_text_is_mended() -> None:
    dealt = deal()
    before = [dealt.part("5", "Wat gaat er gied?", person) for person in (0, 1)]
    assert [dealt.part("5", "Wat kan beter?", person) for person in (0, 1)] == before


def test_another_seed_gives_other_people_the_first_word_and_the_same_one_the_same() -> None:
    firsts = [[deal(50, seed).part("1", "", person).statements for person in range(50)] for seed in (1, 1, 2)]
    assert firsts[0] == firsts[1] != firsts[2]


def test_points_are_known_by_the_names_as_a_phone_shows_them() -> None:
    assert deal().part("1", "", 0).points == {"A": 7, "B b": 2}
