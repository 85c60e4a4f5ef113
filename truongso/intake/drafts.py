"""What a row says, field by field, before anybody is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Value = Any  # JSON: text, number, or a date in ISO


@dataclass(slots=True)
class Spot:
    """Where a value stands in the file."""

    column: str
    letter: str
    text: str


@dataclass(slots=True)
class Problem:
    field: str
    reason: str
    spot: Spot | None = None


@dataclass(slots=True)
class Draft:
    kind: str  # pupils, guardians, classes, staff, teaching
    sheet: str
    row: int
    values: dict[str, Value] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    of: Draft | None = None  # the pupil of a guardian, the member of staff of an assignment
    part: str = ""  # which of several drafts of one row: "father", "6A1·Toán"
    # What the plan makes of it:
    status: str = ""
    person_id: int | None = None
    changes: list[dict[str, str]] = field(default_factory=list)
    question: dict[str, Any] | None = None
    same_as: Draft | None = None  # a guardian who is the same human being as in another row

    @property
    def key(self) -> str:
        return f"{self.kind}|{self.sheet}|{self.row}|{self.part}"

    @property
    def title(self) -> str:
        return str(self.values.get("full_name") or self.values.get("name") or self.values.get("label") or "")

    def wrong(self, name: str, reason: str) -> None:
        if not any(p.field == name and p.reason == reason for p in self.problems):
            self.problems.append(Problem(name, reason, self.spots.get(name)))

    def get(self, name: str) -> Value:
        return self.values.get(name) or None
