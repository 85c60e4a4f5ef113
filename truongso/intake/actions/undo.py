"""Take a run back, exactly; or say what has come to depend on it."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.intake.actions.commit import LOCK
from truongso.intake.actions.journal import mark, restored
from truongso.intake.actions.runs import insist
from truongso.intake.models import ImportChange, ImportRun, RunState
from truongso.people import sealed
from truongso.people.actor import Actor


def undo(*, by: Actor | None, run: ImportRun) -> None:
    """Put every row back as it was. Raises ValidationError that says what has come to depend on it since."""
    insist(by)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        held = ImportRun.objects.select_for_update().get(pk=run.pk)
        if held.state != RunState.COMMITTED:
            raise ValidationError(_("Chỉ hoàn tác được lần nhập đã ghi."))
        changes = list(ImportChange.objects.filter(run=held).order_by("pk"))
        why = obstacles(changes)
        if why:
            raise ValidationError(why)
        _take_back(changes)
        held.state, held.undone_at = RunState.UNDONE, timezone.now()
        held.save(update_fields=["state", "undone_at"])
        ImportChange.objects.filter(run=held).delete()
        audit.record(by, "intake.undo", obj=held, detail={"name": held.name})


def _rows(changes: list[ImportChange]) -> dict[str, dict[int, Model]]:
    keys: dict[str, list[int]] = {}
    for change in changes:
        keys.setdefault(change.model, []).append(change.object_id)
    return {label: apps.get_model(label)._default_manager.in_bulk(pks) for label, pks in keys.items()}


def obstacles(changes: list[ImportChange]) -> list[str]:
    """Why a run cannot be undone: rows changed since, rows of others that point to what it made."""
    now = _rows(changes)
    altered = [
        c
        for c in changes
        if c.after and (c.object_id not in now[c.model] or mark(now[c.model][c.object_id]) != c.after)
    ]
    said = []
    if altered:
        names = ", ".join(sorted({str(now[c.model].get(c.object_id, c.object_id)) for c in altered})[:5])
        said.append(
            _("%(count)s dòng đã được sửa hoặc xoá sau lần nhập: %(names)s.") % {"count": len(altered), "names": names}
        )
    made: dict[str, set[int]] = {}
    for change in changes:
        if change.before_sealed is None:
            made.setdefault(change.model, set()).add(change.object_id)
    for label, keys in made.items():
        for relation in apps.get_model(label)._meta.related_objects:
            other = relation.related_model
            if _owned(label, other._meta.label_lower):
                continue
            found = other._default_manager.filter(**{f"{relation.field.name}__in": keys}).exclude(
                pk__in=made.get(other._meta.label_lower, set())
            )
            if count := found.count():
                names = ", ".join(str(x) for x in found[:3])
                said.append(
                    _("Đã có %(count)s “%(what)s” dựa vào dữ liệu này: %(names)s.")
                    % {"count": count, "what": other._meta.verbose_name, "names": names}
                )
    return said


def _owned(label: str, other: str) -> bool:
    """Rows that a year or a subject brings along when it is made, and that go with it."""
    return (label, other) in {
        ("school.schoolyear", "school.term"), ("school.schoolyear", "school.week"), ("school.schoolyear", "school.holiday"),
        ("school.schoolyear", "school.subjectgrade"), ("school.subject", "school.subjectpart"), ("school.subject", "school.subjectgrade"),
    }  # fmt: skip


def _take_back(changes: list[ImportChange]) -> None:
    """Backwards: what was made goes, what was changed or taken away comes back."""
    made: dict[str, list[int]] = {}
    for change in reversed(changes):
        if change.before_sealed is None:
            made.setdefault(change.model, []).append(change.object_id)
    order = [m for m in made if m not in _LAST] + [m for m in _LAST if m in made]
    if "school.subject" in made:
        apps.get_model("school.subjectgrade")._default_manager.filter(subject_id__in=made["school.subject"]).delete()
    for label in order:
        apps.get_model(label)._default_manager.filter(pk__in=made[label]).delete()
    for change in changes:
        if change.before_sealed is not None:
            restored(change.model, sealed.unseal(change.before_sealed, use="import_change")).save()


_LAST = ("school.schoolclass", "people.person", "people.unit", "school.schoolyear", "school.subject")
