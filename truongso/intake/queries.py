from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from truongso.intake.actions.runs import opened_json
from truongso.intake.known import labels
from truongso.intake.models import ImportRow, ImportRun

PAGE = 50
STATUSES = ("wrong", "asked", "changed", "new", "same")


def kind_names() -> dict[str, str]:
    return {
        "pupils": _("Học sinh"), "guardians": _("Phụ huynh"), "classes": _("Lớp"), "staff": _("Cán bộ, giáo viên"),
        "teaching": _("Phân công"),
    }  # fmt: skip


def status_names() -> dict[str, str]:
    return {
        "new": _("Mới"),
        "changed": _("Thay đổi"),
        "same": _("Như cũ"),
        "wrong": _("Sai"),
        "asked": _("Cần hỏi"),
        "skipped": _("Bỏ qua"),
    }


def provider_names() -> dict[str, str]:
    return {"sector": _("CSDL ngành"), "smas": "SMAS", "vnedu": "vnEdu", "simple": _("danh sách thường")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the preview, opened for the page."""

    row: ImportRow
    said: dict[str, Any]
    changes: list[tuple[str, str, str]]
    facts: list[tuple[str, str]]


_FACTS = ("birth_date", "class_name", "phone", "relation", "position", "occupation", "subject")
_WORDS = {"f": "Nữ", "m": "Nam"}


def lines(run: ImportRun, kind: str, status: str, start: int) -> list[Shown]:
    """One page of a tab, and one line more when there is another page: one query."""
    names = labels()
    found = []
    for row in run.rows.filter(kind=kind, status=status)[start : start + PAGE + 1]:
        said = opened_json(row.shown_sealed)
        changes = [(names.get(c["field"], c["field"]), _day(c["old"]), _day(c["new"])) for c in said["changes"]]
        facts = [(names[n], _day(said["values"][n])) for n in _FACTS if said["values"].get(n)]
        found.append(Shown(row, said, changes, facts))
    return found


def _day(value: Any) -> str:
    text = str(value)
    if len(text) == 10 and text[4] == text[7] == "-":
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return _WORDS.get(text, text)


def tabs(run: ImportRun) -> dict[tuple[str, str], int]:
    found = run.rows.values("kind", "status").annotate(n=Count("pk")).order_by()
    return {(r["kind"], r["status"]): r["n"] for r in found}


def sheets(run: ImportRun) -> int:
    return run.rows.order_by().values("sheet").distinct().count()
