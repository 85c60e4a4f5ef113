"""Which column is what, by what its header says: accents, case, footnote marks and line breaks do not matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from truongso.curriculum.annex.grid import Grid, Row
from truongso.lib import vi

Kind = Literal["plan", "tests", "devices", "rooms"]
# Longer and more specific names stand first.
PLAN: dict[str, tuple[str, ...]] = {
    "numbers": ("tiet thu", "thu tu tiet", "tiet ppct", "tiet theo ppct", "so thu tu tiet", "tiet so"),
    "periods": ("so tiet", "thoi luong", "so luong tiet", "so gio", "tong so tiet", "tiet"),
    "outcomes": ("yeu cau can dat", "yccd", "muc do can dat", "muc tieu"),
    "week": ("tuan", "thoi diem", "tuan thuc hien"),
    "part": ("phan mon", "noi dung phan mon"),
    "kind": ("loai bai", "loai tiet", "loai bai hoc"),
    "topic": (
        "chuong chu de",
        "chu de chuong",
        "ten chuong",
        "ten chu de",
        "mach kien thuc",
        "mach noi dung",
        "chuong",
        "chu de",
    ),
    "lesson": (
        "ten bai hoc",
        "bai hoc",
        "ten bai",
        "noi dung bai hoc",
        "bai hoc chu de",
        "chu de bai hoc",
        "noi dung",
        "bai",
    ),
}
TESTS = {
    "name": ("bai kiem tra danh gia", "bai kiem tra", "noi dung kiem tra"), "minutes": ("thoi gian",),
    "when": ("thoi diem",), "outcomes": ("yeu cau can dat",), "form": ("hinh thuc",),
}  # fmt: skip
DEVICES = {
    "name": ("thiet bi day hoc", "ten thiet bi", "thiet bi"), "quantity": ("so luong",),
    "used_for": ("cac bai thi nghiem thuc hanh", "bai thi nghiem", "bai hoc", "cac bai"), "note": ("ghi chu",),
}  # fmt: skip
ROOMS = {
    "name": ("ten phong", "phong hoc bo mon", "phong"), "quantity": ("so luong",),
    "used_for": ("pham vi va noi dung su dung", "pham vi", "noi dung su dung"), "note": ("ghi chu",),
}  # fmt: skip
_HEADER_ROWS = 15


@dataclass(frozen=True, slots=True)
class Header:
    kind: Kind
    at: int  # index of its last row in the grid
    columns: dict[str, int]


def folded(text: str) -> str:
    """ "Bài học\\n(1)" → "bai hoc" """
    plain = re.sub(r"\(\s*\d+\s*\)|\[\d+\]|\*", " ", text)
    return re.sub(r"[^a-z0-9]+", " ", vi.fold(plain)).strip()


def find_header(grid: Grid) -> Header | None:
    """The first row of a grid that names the columns of one of Annex I's tables; None when there is none."""
    for index, row in enumerate(grid.rows[:_HEADER_ROWS]):
        names = [folded(c) for c in row.cells]
        if index + 1 < len(grid.rows):
            names = _with_next(names, grid.rows[index + 1])
        for kind, wanted, needs in (
            ("tests", TESTS, {"name", "when"}), ("rooms", ROOMS, {"name", "used_for"}),
            ("devices", DEVICES, {"name", "quantity"}),
        ):  # fmt: skip
            found = match(names, wanted)
            if needs <= found.keys():
                return Header(kind, index, found)  # type: ignore[arg-type]
        found = match(names, PLAN)
        if "lesson" not in found and "topic" in found:
            found["lesson"] = found.pop("topic")
        if "lesson" in found and ({"periods", "numbers"} & found.keys()):
            return Header("plan", index + _extra(row, grid, index), found)
    return None


def _with_next(names: list[str], below: Row) -> list[str]:
    """A two-row header: an empty or covered name is completed by the row below."""
    if not below.below:
        return names
    more = [folded(c) for c in below.cells]
    return [
        name if i in below.below or not (i < len(more) and more[i]) else f"{name} {more[i]}".strip()
        for i, name in enumerate(names)
    ]


def _extra(row: Row, grid: Grid, index: int) -> int:
    following = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    return 1 if following is not None and following.below and not row.whole else 0


def match(names: list[str], wanted: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Each meaning's column: an exact name first, then one that begins with it; no column serves twice."""
    found: dict[str, int] = {}
    for exact in (True, False):
        for meaning, aliases in wanted.items():
            if meaning in found:
                continue
            for alias in aliases:
                place = next(
                    (
                        i
                        for i, name in enumerate(names)
                        if i not in found.values() and (name == alias or (not exact and _begins(name, alias)))
                    ),
                    None,
                )
                if place is not None:
                    found[meaning] = place
                    break
    return found


def _begins(name: str, alias: str) -> bool:
    return name.startswith(f"{alias} ") and len(alias) > 4
