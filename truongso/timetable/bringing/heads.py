"""The heading of a grid: what each column stands for, however many rows it takes to say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from truongso.intake.text import shown
from truongso.lib.sheets import Sheet
from truongso.timetable.bringing import words
from truongso.timetable.bringing.said import Knows

MOST_COLUMNS = 400


@dataclass(slots=True)
class Where:
    """What is known of a cell from its heading, its row, or the title above."""

    day: int | None = None
    shift: str = ""
    number: int | None = None
    klass: str = ""
    teacher: str = ""
    heading: str = ""

    def over(self, below: Where) -> Where:
        """This, and where it is silent what `below` says."""
        return Where(
            self.day or below.day, self.shift or below.shift, self.number or below.number,
            self.klass or ("" if self.teacher else below.klass), self.teacher or ("" if self.klass else below.teacher),
            self.heading or below.heading,
        )  # fmt: skip

    @property
    def who(self) -> str:
        return self.klass or self.teacher


@dataclass(slots=True)
class Page:
    """A sheet with merged cells written out: `text[r][c]`, and for a cell that is part of a merge where that begins."""

    name: str
    text: list[list[str]]
    origin: dict[tuple[int, int], tuple[int, int]]

    def at(self, row: int, column: int) -> str:
        line = self.text[row]
        return line[column] if column < len(line) else ""

    def pieces(self, row: int) -> dict[str, int]:
        """The different texts of a row and where each begins; a merged cell counts once."""
        found: dict[str, int] = {}
        for column, text in enumerate(self.text[row]):
            if text and self.origin.get((row, column), (row, column))[1] == column:
                found.setdefault(text, column)
        return found


def page_of(sheet: Sheet) -> Page:
    text = [
        ["\n".join(shown(p) for p in str(c).splitlines()) if isinstance(c, str) and "\n" in c else shown(c) for c in row[:MOST_COLUMNS]]
        for row in sheet.rows
    ]  # fmt: skip
    width = max((len(row) for row in text), default=0)
    for row in text:
        row.extend([""] * (width - len(row)))
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in sheet.merged:
        if top >= len(text) or left >= width or not text[top][left]:
            continue
        for r in range(top, min(bottom, len(text) - 1) + 1):
            for c in range(left, min(right, width - 1) + 1):
                text[r][c] = text[top][left]
                origin[r, c] = (top, left)
    return Page(sheet.name, text, origin)


@dataclass(slots=True)
class Head:
    """The heading rows of one grid."""

    row: int
    axis: dict[int, Where] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    deep: int = 1
    beside: dict[int, int] = field(
        default_factory=dict
    )  # column of teachers → the column of subjects that it belongs to

    @property
    def first(self) -> int:
        return min(self.axis, default=0)

    def has(self, what: str) -> bool:
        return any(getattr(w, what) for w in self.axis.values())


def labels_in(page: Page, row: int) -> dict[int, str]:
    found = {c: label for c, text in enumerate(page.text[row]) if text and (label := words.label_of(text))}
    if not set(found.values()) & {"number", "shift", "class", "teacher"}:  # cô Thu, not "Thứ" without its accents
        found = {c: label for c, label in found.items() if page.at(row, c).lower() != "thu"}
    return found


def read(page: Page, row: int, above: Head | None, knows: Knows) -> Head | None:
    """The heading that this row is, or None. `above`: the heading whose next row this may be."""
    labels = labels_in(page, row)
    cells = [(c, t) for c, t in enumerate(page.text[row]) if t and c not in labels]
    days = {c: d for c, t in cells if (d := words.day_of(t, halves=True))}
    said_days = set(days.values())
    if not days and "day" in labels.values():  # "Thứ | 2 | 3 | 4 | 5 | 6 | 7" across
        loose = {c: d for c, t in cells if (d := words.day_of(t, labelled=True))}
        if len(set(loose.values())) >= 4 and len(loose) == len(cells):
            days, said_days = loose, set(loose.values())
    if len(said_days) >= 3 or (len(said_days) == 2 and (labels or len(cells) == 2)):
        return Head(row, {c: Where(day=d, shift=s, heading=page.at(row, c)) for c, (d, s) in days.items()}, labels)
    shifts = {c: s for c, t in cells if (s := words.shift_of(t))}
    if len(set(shifts.values())) == 2 and len(shifts) * 2 > len(cells):
        return Head(row, {c: Where(shift=s) for c, s in shifts.items()}, labels)
    if (above and above.has("day")) or (labels and len(cells) >= 2):
        numbers = {c: n for c, t in cells if (n := words.number_of(t, labelled=True))}
        enough = 2 if all(t.lower().startswith("tiết") for _c, t in cells) else 4
        if len(numbers) >= enough and len(numbers) * 5 > len(cells) * 4 and (not above or above.first <= min(numbers)):
            return Head(row, {c: Where(number=n) for c, n in numbers.items()}, labels)
    return _of_classes(page, row, labels, cells, knows) or _of_teachers(row, labels, cells, above, knows)


def _of_classes(
    page: Page, row: int, labels: dict[int, str], cells: list[tuple[int, str]], knows: Knows
) -> Head | None:
    heads = {
        c: h
        for c, t in cells
        if (h := words.class_head(t)) and not (h[1] and knows.subject(h[1]) and not knows.teacher(h[1]))
    }
    names = {h[0] for h in heads.values()}
    sure = any(knows.klass(h[0]) or h[2] or h[0][-2:-1].isalpha() or h[0][-1:].isalpha() for h in heads.values())
    if not sure or not (len(names) >= 2 or (names and set(labels.values()) & {"day", "number"})):
        return None
    if len(heads) * 2 < len({t for _c, t in cells}):
        return None
    axis = {c: Where(klass=h[0], heading=page.at(row, c).split("\n")[0]) for c, h in heads.items()}
    for c, text in cells:  # between known classes stands one more, of a name that is none
        if c not in axis and min(axis) < c and len(text) <= 20 and not words.shift_of(text) and not words.day_of(text):
            axis[c] = Where(klass=text, heading=text)
    return Head(row, dict(sorted(axis.items())), labels)


def _of_teachers(row: int, labels: dict[int, str], cells: list[tuple[int, str]], above: Head | None, knows: Knows) -> Head | None:  # fmt: skip
    """Teachers across: most cells are names known here, and the row labels its first columns."""
    if above is not None or not set(labels.values()) & {"day", "number"}:
        return None
    known = [c for c, t in cells if knows.teacher(t)]
    if len(known) < 2 or len(known) * 2 < len(cells):
        return None
    return Head(row, {c: Where(teacher=t, heading=t) for c, t in cells}, labels)


def joined(head: Head, more: Head) -> Head:
    """One heading of two rows: the upper's words reach over what stands below them to the right."""
    upper, lower = head.axis, more.axis
    axis: dict[int, Where] = {}
    last = Where()
    for column in sorted(set(upper) | set(lower)):
        last = upper.get(column, last)
        axis[column] = lower[column].over(last) if column in lower else last
    if lower and not set(lower) >= set(upper):  # a title's cell above a label column is no column of lessons
        axis = {c: w for c, w in axis.items() if c in lower or c not in more.labels}
    for where in axis.values():
        where.heading = where.who or where.heading
    return Head(head.row, axis, head.labels | more.labels, more.row - head.row + 1)


def pair(head: Head, labels: dict[int, str]) -> None:
    """Two columns a class, "Môn" and "GV" (by their labels, or because one heading stretches over both): one lesson."""
    last: int | None = None
    for column in range(min(head.axis, default=0), max([*head.axis, *labels], default=-1) + 1):
        here, before = head.axis.get(column), head.axis.get(last) if last is not None else None
        taught = labels.get(column) == "teacher" and labels.get(column - 1) == "subject" and column - 1 == last
        if last is not None and (taught or (here is not None and here.klass and here == before and column - last <= 2)):
            head.beside[column] = last
        elif here is not None:
            last = column
    for column in head.beside:
        head.axis.pop(column, None)
        head.labels.pop(column, None)
    for column in head.axis:
        if head.labels.get(column) == "subject":
            del head.labels[column]


def fits(head: Head, more: Head) -> bool:
    """May this row be the next of the heading? It says something that the rows before did not."""
    if more.row != head.row + head.deep:
        return False
    said = {w for w in ("day", "shift", "number", "klass", "teacher") if head.has(w)}
    new = {w for w in ("day", "shift", "number", "klass", "teacher") if more.has(w)}
    return not said & new
