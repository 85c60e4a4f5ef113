"""What kind of list a table is, and whose program made it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from truongso.intake.data import load
from truongso.intake.tables import FoundTable
from truongso.intake.text import folded

_STAFF = {
    "position",
    "group",
    "staff_code",
    "qualification",
    "teaches",
    "contract",
    "standard",
    "homeroom",
    "teaching_text",
}
_FAMILY = {"father.name", "mother.name", "guardian.name", "parent.name", "father.phone", "mother.phone", "parent.phone"}
_NAMES = {"full_name", "given_name"}


def kind_of(table: FoundTable) -> str | None:  # noqa: PLR0911 (a line a kind)
    """pupils, staff, teaching, classes; None for a table that is none of them."""
    fields, words = table.fields, load("headers")["kinds"]
    title = folded(f"{table.title} {table.sheet}")
    named = bool(fields & _NAMES)
    if "subject" in fields and (named or "teacher" in fields) and fields & {"class_name", "classes", "teaching_text"}:
        return "teaching"
    if "teacher" in fields and fields & {
        "birth_date",
        "birth_year",
        "gender",
        "position",
        "staff_code",
        "national_number",
    }:
        return "staff"
    if "teacher" in fields and fields & {"teaching_text", "classes"}:
        return "teaching"
    if fields & _FAMILY and named:
        return "pupils"
    if "teacher" in fields and not named and fields & _STAFF:
        return "staff"
    if named and fields & _STAFF:
        return (
            "teaching"
            if "teaching_text" in fields
            and not fields & {"birth_date", "position", "staff_code", "sector_code", "national_number"}
            else "staff"
        )
    if "class_name" in fields and not named:
        return "classes"
    if named and any(w in title for w in words["staff_titles"]) and not any(w in title for w in words["pupil_titles"]):
        return "staff"
    return "pupils" if named else None


def provider_of(tables: Iterable[FoundTable], file_name: str) -> str:
    headers = {folded(c.header.split(" – ")[-1].split("(")[0]) for t in tables for c in t.columns if c.header}
    words = folded(" ".join([file_name, *(f"{t.title} {t.sheet}" for t in tables)]))
    for provider in load("headers")["providers"]:
        if all(h in headers for h in provider.get("headers", ())) and all(
            w in words for w in provider.get("words", ())
        ):
            return str(provider["name"])
    return "simple"


def signature(table: FoundTable) -> str:
    """The same headers are the same program's: under this a mapping is remembered."""
    text = "|".join(sorted(folded(c.header) for c in table.columns if c.header))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
