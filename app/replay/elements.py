"""HTML taken apart into elements, as forgiving as a page needs: what a person sees and a form holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

WITHOUT_END_TAG = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        """All text in it, each run of white space as one space, as a person sees it."""
        return " ".join("".join(self._texts()).split())

    @property
    def exact_text(self) -> str:
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()

    def all(self, tag: str | None = None) -> "Iterator[Element]":
        """Itself and what is in it, in the order of the page."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            if tag is None or element.tag == tag:
                yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]

    def first(self, tag: str | None = None, **attributes: str) -> "Element | None":
        """Attribute names are written with _ for -, and `class_` for class: one of the element's classes."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return next((one for one in self.all(tag) if all(one._has(*pair) for pair in wanted.items())), None)

    def is_of_class(self, name: str) -> bool:
        return name in self["class"].split()

    def _has(self, name: str, value: str) -> bool:
        return self.is_of_class(value) if name == "class" else name in self and self[name] == value


class Tree(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in WITHOUT_END_TAG:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in WITHOUT_END_TAG:
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


@lru_cache(maxsize=8)
def parsed(html: str) -> Element:
    """The root. What goes to all is the same for all, so it is taken apart once; nobody changes an element."""
    return Tree(html).root
