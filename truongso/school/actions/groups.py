from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.people.models import RoleAssignment, Unit, UnitKind
from truongso.school.access import insist
from truongso.school.data import load
from truongso.school.models import GroupSubject, Subject


@transaction.atomic
def make_group(*, by: Actor | None, name: str, subjects: Iterable[Subject] = ()) -> Unit:
    """A subject group (tổ chuyên môn) and the subjects it looks after. Raises ValidationError at "name" when taken."""
    insist(by, "groups")
    unit = Unit(kind=UnitKind.GROUP, name=_free(name), during=DateRange(timezone.localdate().replace(day=1), None))
    unit.save()
    _look_after(unit, subjects)
    audit.record(by, "school.make_group", obj=unit, detail={"name": unit.name})
    return unit


def _free(name: str, own: int | None = None) -> str:
    clean = vi.nfc(name)
    for other in Unit.objects.filter(kind=UnitKind.GROUP).exclude(pk=own or 0):
        if vi.fold(other.name) == vi.fold(clean):
            raise ValidationError({"name": _("Đã có tổ tên như vậy.")})
    return clean


def _look_after(unit: Unit, subjects: Iterable[Subject]) -> None:
    GroupSubject.objects.filter(group=unit).delete()
    GroupSubject.objects.bulk_create(GroupSubject(group=unit, subject=subject) for subject in subjects)


@transaction.atomic
def change_group(*, by: Actor | None, unit: Unit, name: str, subjects: Iterable[Subject]) -> None:
    insist(by, "groups")
    unit.name = _free(name, unit.pk)
    unit.save(update_fields=["name"])
    _look_after(unit, subjects)
    audit.record(by, "school.change_group", obj=unit, detail={"name": unit.name})


@transaction.atomic
def remove_group(*, by: Actor | None, unit: Unit) -> None:
    """A group that nobody has ever been in; else ValidationError."""
    insist(by, "groups")
    audit.record(by, "school.remove_group", obj=unit, detail={"name": unit.name})
    refusal = ValidationError(_("Tổ %(name)s đã có tổ trưởng hoặc tổ viên, nên không xoá được.") % {"name": unit.name})
    if RoleAssignment.objects.filter(unit=unit).exists():
        raise refusal
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        raise refusal from None


@transaction.atomic
def seed_groups(*, by: Actor | None) -> int:
    """The groups that schools usually have, when there are none yet. Returns how many."""
    insist(by, "groups")
    if Unit.objects.filter(kind=UnitKind.GROUP).exists():
        return 0
    subjects = {s.code: s for s in Subject.objects.all()}
    for line in load("groups")["groups"]:
        make_group(by=by, name=line["name"], subjects=[subjects[c] for c in line["subjects"] if c in subjects])
    return len(load("groups")["groups"])
