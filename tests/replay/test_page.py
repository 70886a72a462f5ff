"""A page as a browser has it: what forms send, what a person sees."""

from app.replay.control_room import ControlRoom, found, said
from app.replay.page import Form, Page
from app.replay.scene import Scene, Theme, scene_of


def page(html: str) -> Page:
    return Page(200, "http://x/sessions/1/control-room", html)


def form(inside: str, outside: str = "") -> Form:
    made = page(f'<form id="f" method="post" action="next">{inside}</form>{outside}').form("/next")
    return found(made, "next")


def test_fields_are_sent_in_the_order_of_the_page() -> None:
    inside = '<input name="b" value="1"><textarea name="a">\ntwee\nregels</textarea><input value="nameless">'
    assert form(inside).fields() == [("b", "1"), ("a", "twee\nregels")]


def test_what_is_not_ticked_chosen_enabled_or_pressed_is_not_sent() -> None:
    inside = (
        '<input type="checkbox" name="box" value="1"><input type="radio" name="r" value="1" checked>'
        '<input name="off" value="1" disabled><button name="act" value="go">x</button><button name="act" value="no">'
    )
    assert form(inside).fields() == [("r", "1"), ("act", "go")]
    assert form(inside).fields("no") == [("r", "1"), ("act", "no")]


def test_a_first_button_without_name_sends_nothing() -> None:
    assert form('<button>x</button><button name="act" value="go">y</button>').fields() == []


def test_a_list_sends_what_is_selected_or_else_its_first() -> None:
    options = '<option value="nl">Nederlands</option><option{}>en</option>'
    assert form(f'<select name="language">{options.format("")}</select>').fields() == [("language", "nl")]
    assert form(f'<select name="language">{options.format(" selected")}</select>').fields() == [("language", "en")]


def test_boxes_elsewhere_on_the_page_belong_to_the_form_they_name() -> None:
    boxes = "".join(f'<input type="checkbox" name="statement" value="{id}" form="f">' for id in "abc")
    assert form("", boxes).fill(statement=["c", "a"]).fields() == [("statement", "a"), ("statement", "c")]


def test_a_hidden_field_beside_a_box_stays() -> None:
    inside = '<input type="hidden" name="vote" value="0"><input type="checkbox" name="vote" value="1">'
    assert form(inside).fill(vote=["1"]).fields() == [("vote", "0"), ("vote", "1")]


def test_a_field_that_is_not_there_can_not_be_filled() -> None:
    try:
        form("").fill(name="x")
    except ValueError as stop:
        assert "“name”" in str(stop)
    else:
        raise AssertionError


def test_text_is_seen_with_its_signs() -> None:
    text = page('<p id="x">&lt;b&gt; &amp;amp; <i>een</i>  twee</p>').root.first(id="x")
    assert text is not None
    assert (text.exact_text, text.text) == ("<b> &amp; een  twee", "<b> &amp; een twee")


def test_a_refusal_is_read_from_the_page() -> None:
    assert said(page('<h1>Bord</h1><div role="status">Kies <b>opnieuw</b>.</div>')) == "Kies opnieuw."
    assert said(page("<h1>Deze pagina bestaat niet.</h1>")) == "Deze pagina bestaat niet."


def test_the_board_is_read_in_its_order() -> None:
    card = '<li><label><input type="checkbox" name="statement" value="{0}"><span class="statement-text">{0}</span>'
    board = (
        f'<ul>{card.format("los")}</label></li></ul><li id="theme-2" class="theme-cluster">{card.format("b")}</label>'
        f'</li>{card.format("a")}</label></li></li><li id="theme-1" class="theme-cluster"></li>'
    )
    room = ControlRoom(page(board))
    assert {id: [one.text for one in cards] for id, cards in room.themes.items()} == {"2": ["b", "a"], "1": []}
    assert [one.text for one in room.cards] == ["los", "b", "a"]


def test_a_statement_gets_its_theme_only_where_the_phone_offers_the_choice() -> None:
    option = (
        '<label><input type="radio" name="theme" value="{}"><i>A</i><span class="theme-option-name">{}</span></label>'
    )
    choices = [(7, "Een &amp; twee"), (9, " Een\n&amp; twee "), (11, "Drie"), ("", "Iets anders")]
    scene = shown("".join(option.format(*choice) for choice in choices))
    assert scene.offered_as("Een & twee") == [Theme("7", "Een & twee"), Theme("9", "Een & twee")]
    assert scene.offered_as("Iets anders") == scene.offered_as("Vier") == []
    assert shown('<textarea name="text"></textarea>').offered_as("Drie") == []


def shown(inside: str) -> Scene:
    scene = scene_of(Page(200, "", f'<section id="scene" data-phase="collect">{inside}</section>'))
    assert scene is not None
    return scene
