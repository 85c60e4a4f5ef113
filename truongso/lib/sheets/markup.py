"""Tables that schools' programs save as .xls but that are HTML, or Excel's own XML of 2003."""

from __future__ import annotations

import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import XMLPullParser

from truongso.lib.sheets.model import Cell, Merge, Sheet, Unreadable

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_WIDEST, _LONGEST = 512, 60_000


class _Grid:
    """Cells laid out as a browser does: spans push what follows to the right."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[Cell]] = []
        self.merged: list[Merge] = []
        self._taken: dict[tuple[int, int], bool] = {}

    def new_row(self) -> None:
        if len(self.rows) >= _LONGEST:
            raise Unreadable("large")
        self.rows.append([])

    def put(self, value: Cell, across: int = 1, down: int = 1) -> None:
        if not self.rows:
            self.new_row()
        at, row = len(self.rows) - 1, self.rows[-1]
        place = len(row)
        while (at, place) in self._taken:
            row.append("")
            place += 1
        across, down = max(1, min(across, _WIDEST)), max(1, min(down, 200))
        if place + across > _WIDEST:
            raise Unreadable("large")
        row.append(value)
        row.extend([""] * (across - 1))
        for below in range(1, down):
            for side in range(across):
                self._taken[at + below, place + side] = True
        if across > 1 or down > 1:
            self.merged.append((at, place, at + down - 1, place + across - 1))

    def skip_to(self, place: int) -> None:
        while self.rows and len(self.rows[-1]) < min(place, _WIDEST):
            self.rows[-1].append("")

    def sheet(self) -> Sheet:
        return Sheet(self.name, self.rows, tuple(self.merged))


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[_Grid] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script", "title"}:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.grids.append(_Grid(""))
        elif not self.grids or self._depth > 1:
            return
        elif tag == "tr":
            self._close()
            self.grids[-1].new_row()
        elif tag in {"td", "th"}:
            self._close()
            found = dict(attrs)
            self._span = (_int(found.get("colspan")), _int(found.get("rowspan")))
            self._cell = []
        elif tag in {"br", "p", "div"} and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script", "title"}:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            if self._depth == 1:
                self._close()
            self._depth = max(0, self._depth - 1)
        elif tag in {"td", "th", "tr"} and self._depth <= 1:
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None and self.grids:
            self.grids[-1].put("".join(self._cell).strip(), *self._span)
        self._cell = None


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1


def html_sheets(text: str) -> list[Sheet]:
    """Each table of the page is a sheet; several tables of one page stand below each other in real exports too."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    names = re.findall(r"<x:Name>(.*?)</x:Name>", text[:200_000])
    for number, grid in enumerate(parser.grids):
        grid.name = names[number] if number < len(names) else f"Bảng {number + 1}"
    return [grid.sheet() for grid in parser.grids if any(any(row) for row in grid.rows)]


def spreadsheet_ml(text: str) -> list[Sheet]:
    """Excel 2003 XML. A document type or entity is refused: no program writes one here."""
    if "<!DOCTYPE" in text[:100_000] or "<!ENTITY" in text:
        raise Unreadable("broken")
    parser: Any = XMLPullParser(["start", "end"])
    parser.feed(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")))
    parser.close()
    sheets: list[Sheet] = []
    grid = _Grid("")
    for event, node in parser.read_events():
        tag = node.tag.removeprefix(_SS)
        if event == "start" and tag == "Worksheet":
            grid = _Grid(node.get(f"{_SS}Name", ""))
        elif event == "start" and tag == "Row":
            while len(grid.rows) < _int(node.get(f"{_SS}Index")) - 1:
                grid.new_row()
            grid.new_row()
        elif event == "end" and tag == "Cell":
            grid.skip_to(_int(node.get(f"{_SS}Index")) - 1)
            across, down = _more(node.get(f"{_SS}MergeAcross")), _more(node.get(f"{_SS}MergeDown"))
            data = node.find(f"{_SS}Data")
            grid.put(_value(data.get(f"{_SS}Type"), "".join(data.itertext())) if data is not None else "", across, down)
            node.clear()
        elif event == "end" and tag == "Worksheet":
            sheets.append(grid.sheet())
            node.clear()
    return sheets


def _more(text: str | None) -> int:
    return 1 + _int(text) if text and text != "0" else 1


def _value(kind: str | None, text: str) -> Cell:
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return datetime.fromisoformat(text.split(".", maxsplit=1)[0])
    except ValueError:
        return text
    return text
