"""A page as a browser has it after parsing: elements, links, and forms that can be filled in."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from app.replay.elements import Element, parsed
from app.replay.stops import ReplayStopped


@dataclass
class Page:
    """`address` is where it came from after redirects; `html` is taken apart only when somebody looks."""

    status: int
    address: str
    html: str

    @cached_property
    def root(self) -> Element:
        return parsed(self.html)

    @property
    def body(self) -> Element:
        return self.root.first("body") or self.root

    @cached_property
    def _controls(self) -> dict[int, list[Element]]:
        """The controls of each form (by identity), also those that stand elsewhere and name it: found in one walk."""
        named = {form["id"]: form for form in self.root.all("form") if form["id"]}
        owners = {id(one): form for form in self.root.all("form") for one in form.all()}
        controls: dict[int, list[Element]] = {}
        for one in self.root.all():
            if one.tag in ("input", "select", "textarea", "button") and "disabled" not in one:
                owner = named.get(one["form"]) if "form" in one else owners.get(id(one))
                controls.setdefault(id(owner), []).append(one)
        return controls

    def forms(self) -> "list[Form]":
        return [self._form(element) for element in self.root.all("form")]

    def form(self, ending: str) -> "Form | None":
        """The first form whose action's path ends so."""
        forms = (one for one in self.root.all("form") if self._path(one).endswith(ending))
        return next((self._form(one) for one in forms), None)

    def _path(self, form: Element) -> str:
        return urlsplit(urljoin(self.address, form["action"])).path

    def _form(self, element: Element) -> "Form":
        return Form(self, element, self._controls.get(id(element), []))

    def links(self) -> list[str]:
        return [urljoin(self.address, link["href"]) for link in self.root.all("a") if "href" in link]

    def link(self, ending: str) -> str | None:
        return next((link for link in self.links() if urlsplit(link).path.endswith(ending)), None)


class Form:
    """A form as a person fills it in: `fill`, then hand it to the browser."""

    def __init__(self, page: Page, element: Element, controls: list[Element]) -> None:
        self.page, self.controls = page, controls
        self.method = (element["method"] or "get").upper()
        self.written_action = element["action"]
        self.action = urljoin(page.address, element["action"] or page.address)
        self.path = urlsplit(self.action).path
        self.is_live = "hx-post" in element
        self._filled: dict[str, list[str]] = {}

    def named(self, name: str) -> list[Element]:
        return [control for control in self.controls if control["name"] == name]

    def fill(self, **values: str | list[str]) -> "Form":
        """A text for a field or a choice, a list for boxes to tick; the names are those of the form's own fields."""
        for name, value in values.items():
            if not self.named(name):
                raise ReplayStopped(f"The form at {self.path} has no field “{name}”.")
            self._filled[name] = [value] if isinstance(value, str) else list(value)
        return self

    def fields(self, pressed: str | None = None) -> list[tuple[str, str]]:
        """What a browser sends, in the order of the page; `pressed` is the button's value, else it is the first."""
        button, left = self.button(pressed), {name: list(values) for name, values in self._filled.items()}
        sent: list[tuple[str, str]] = []
        for control in self.controls:
            name = control["name"]
            if not name or (_is_button(control) and control is not button):
                continue
            values = left[name] if name in left and self._can_change(control) else None
            sent += [(name, value) for value in (_own_values(control) if values is None else _taken(control, values))]
        return sent

    def button(self, pressed: str | None) -> Element | None:
        buttons = [control for control in self.controls if _is_button(control)]
        return next((one for one in buttons if pressed in (None, one["value"])), None)

    def _can_change(self, control: Element) -> bool:
        """A hidden field beside a box of the same name says what an empty box means: it stays as it is."""
        return control["type"] != "hidden" or all(one["type"] == "hidden" for one in self.named(control["name"]))


def _taken(control: Element, values: list[str]) -> list[str]:
    """The values this control takes of those filled in under its name; a text field takes the first."""
    if control["type"] in ("checkbox", "radio"):
        return [value for value in values if value == (control["value"] or "on")]
    if control.tag == "select":
        return [value for option in control.all("option") for value in values if value == _value(option)]
    return [values.pop(0)] if values else []


def _value(option: Element) -> str:
    return option.attributes.get("value", option.text)


def _is_button(control: Element) -> bool:
    return control["type"] in ("submit", "image") or (control.tag == "button" and control["type"] in ("", "submit"))


def _own_values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return [control.exact_text.removeprefix("\n")]
    if control.tag == "select":
        options = list(control.all("option"))
        chosen = [option for option in options if "selected" in option]
        if not chosen and "multiple" not in control:
            chosen = options[:1]
        return [_value(option) for option in chosen]
    if control["type"] in ("checkbox", "radio"):
        return [control["value"] or "on"] if "checked" in control else []
    return [] if control["type"] in ("button", "reset", "file") else [control["value"]]
