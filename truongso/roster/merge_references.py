"""Every column that names a person, found in the model registry, so that a merge forgets none.

A foreign key is found by itself. A plain integer column counts as a person's when it is called as we call such columns
(PERSON_COLUMNS); any other `*_id` must be named in NOT_PERSONS with its reason. A table that may hold one row a person
only, or dated rows that must not overlap, must say how two become one: `declare`. Tests hold everybody to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from truongso.people.models import Person

PERSON_COLUMNS = frozenset(
    {"person_id", "owner_id", "by_id", "homeroom_id", "head_id"}
)  # and whatever ends with _by_id
NOT_PERSONS: dict[str, str] = {
    "audit.Entry.person_id": "the log is never rewritten; MergedPerson says whose the old id is",
    "audit.Entry.for_person_id": "the log is never rewritten",
    "audit.Entry.account_id": "the log is never rewritten",
    "audit.Entry.acting_account_id": "the log is never rewritten",
    "roster.MergedPerson.old_id": "the id that went",
    "intake.ImportRun.job_id": "a job",
    "intake.ImportRun.file_id": "a file",
    "intake.ImportChange.object_id": "a row of any table as an import wrote it; its undo is refused once the row is gone",
}


@dataclass(frozen=True, slots=True)
class Way:
    """How two rows become one: "fill" what is empty in the kept one's row and drop the other, "join" overlapping dated
    rows with equal `same` columns, "drop" the row of whoever goes, or "refuse": both having one is for people to sort out."""

    how: Literal["fill", "join", "drop", "refuse"]
    same: tuple[str, ...] = ()
    add: tuple[str, ...] = ()  # of "fill": counts that are summed


@dataclass(frozen=True, slots=True)
class Reference:
    model: type[models.Model]
    column: str  # attname: person_id

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.column}"

    @property
    def way(self) -> Way | None:
        return WAYS.get(self.model._meta.label)


WAYS: dict[str, Way] = {
    "people.RoleAssignment": Way("join", ("role", "unit_id", "delegated_from_id")),
    "people.Guardianship": Way("join", ("guardian_id", "child_id")),
    "roster.Position": Way("join", ("title",)),
    "roster.GroupMember": Way("join", ("unit_id",)),
    "roster.TeachingAssignment": Way("join", ("unit_id", "subject_id", "part_id")),
    "roster.Contact": Way("fill"),
    "roster.PupilRecord": Way("fill"),
    "roster.StaffRecord": Way("fill"),
    "roster.SensitiveRecord": Way("fill"),
    "notify.Receipt": Way("fill", ("notice_id",)),
    "notify.Preference": Way("fill"),
    "roster.NotDuplicate": Way("drop"),
    "roster.PlanPupil": Way("fill", ("plan_id",)),
    "timetable.LinkVisit": Way("fill", ("link_id",), add=("times",)),
    "timetable.RollMark": Way("fill", ("sheet_id",)),
    "timetable.Entry": Way("refuse"),  # two lessons of one teacher at one time
    "timetable.Period": Way("refuse"),
}
SPECIAL = frozenset({"people.Account"})  # one stays, one is closed: the user chooses (actions.merge)


def _names_a_person(column: str) -> bool:
    return column in PERSON_COLUMNS or column.endswith("_by_id")


def declare(label: str, way: Way) -> None:
    """For apps above: how two rows of this table become one."""
    WAYS[label] = way


def references() -> list[Reference]:
    """Every column that names a person, accounts left out."""
    return [r for model in apps.get_models(include_auto_created=True) for r in _of(model)]


def _of(model: type[models.Model]) -> Iterator[Reference]:
    if model._meta.label in SPECIAL or model._meta.proxy:
        return
    for field in model._meta.local_fields:
        plain = not field.is_relation and isinstance(field, models.IntegerField)
        named = _names_a_person(field.name) and f"{model._meta.label}.{field.name}" not in NOT_PERSONS
        if field.related_model is Person or (plain and named and model.__module__.startswith("truongso.")):
            yield Reference(model, field.attname)


def unknown_columns() -> list[str]:
    """Plain integer columns called `*_id` of which nobody has said what they are."""
    return [
        name
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("truongso.")
        for field in model._meta.local_fields
        if not field.is_relation and isinstance(field, models.IntegerField) and field.name.endswith("_id")
        if (name := f"{model._meta.label}.{field.name}") not in NOT_PERSONS and not _names_a_person(field.name)
    ]


def must_be_declared(reference: Reference) -> bool:
    """May the table refuse a second row of the same person?"""
    meta = reference.model._meta
    field = next(f for f in meta.local_fields if f.attname == reference.column)
    if field.unique:
        return True
    for constraint in meta.constraints:
        named = set(getattr(constraint, "fields", ()))
        if isinstance(constraint, ExclusionConstraint):
            named |= {str(e[0]) for e in constraint.expressions}
        if field.name in named:
            return True
    return any(field.name in group for group in meta.unique_together)
