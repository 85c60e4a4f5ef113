"""Rows of one table, brought from one person to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from truongso.roster.merge_references import Reference, Way

# Of rights for a child the narrower stays (a court may be the reason); being called first, or compiling, is kept.
_BOTH = ("legal", "informed")
_EITHER = ("first_contact", "compiles")
_MIN, _MAX = date.min, date.max


def bring_over(reference: Reference, kept: int, gone: int, chosen: set[str]) -> int:
    """Move the rows; where both have one, make them one by the table's Way. Returns how many rows `gone` had."""
    rows = reference.model._default_manager.filter(**{reference.column: gone})
    count = rows.count()
    if not count:
        return 0
    way = reference.way
    if way is not None and way.how == "drop":
        rows.delete()
    elif way is not None and way.how == "fill":
        for row in rows:
            _fill(reference, row, kept, way, chosen)
    elif way is not None and way.how == "join":
        _join(reference, kept, gone, tuple(name for name in way.same if name != reference.column))
    reference.model._default_manager.filter(**{reference.column: gone}).update(**{reference.column: kept})
    return count


def _fill(reference: Reference, row: models.Model, kept: int, way: Way, chosen: set[str]) -> None:
    twin = reference.model._default_manager.filter(
        **{reference.column: kept, **{name: getattr(row, name) for name in way.same}}
    ).first()
    if twin is None:
        return
    changed = []
    for field in reference.model._meta.local_fields:
        if field.primary_key or field.attname in {reference.column, *way.same}:
            continue
        mine, other = getattr(twin, field.attname), getattr(row, field.attname)
        wanted = f"{reference.model._meta.model_name}.{field.name}" in chosen
        if field.attname in way.add:
            setattr(twin, field.attname, mine + other)
            changed.append(field.attname)
        elif (wanted or _empty(mine)) and not _empty(other):
            setattr(twin, field.attname, other)
            changed.append(field.attname)
    _point_at(row, twin)
    reference.model._default_manager.filter(pk=row.pk).delete()
    if changed:
        twin.save(update_fields=changed)


def _empty(value: object) -> bool:
    return value is None or value == ""


def _join(reference: Reference, kept: int, gone: int, same: tuple[str, ...]) -> None:
    """Dated rows with equal columns: those that overlap become one over all their days."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in reference.model._default_manager.filter(**{f"{reference.column}__in": [kept, gone]}).order_by("pk"):
        groups.setdefault(tuple(getattr(row, name) for name in same), []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda r: (r.during.lower or _MIN, r.pk))
        cluster: list[Any] = []
        for row in rows:
            if cluster and (row.during.lower or _MIN) >= max(r.during.upper or _MAX for r in cluster):
                _one_of(reference, cluster, kept)
                cluster = []
            cluster.append(row)
        _one_of(reference, cluster, kept)


def _one_of(reference: Reference, cluster: list[Any], kept: int) -> None:
    if len(cluster) < 2:
        return
    stays = next((r for r in cluster if getattr(r, reference.column) == kept), cluster[0])
    lowers, uppers = [r.during.lower for r in cluster], [r.during.upper for r in cluster]
    changes: dict[str, Any] = {
        "during": DateRange(None if None in lowers else min(lowers), None if None in uppers else max(uppers)),
        reference.column: kept,
    }
    for name in (*_BOTH, *_EITHER):
        if hasattr(stays, name):
            values = [getattr(r, name) for r in cluster]
            changes[name] = all(values) if name in _BOTH else any(values)
    for row in cluster:
        if row is not stays:
            _point_at(row, stays)
            reference.model._default_manager.filter(pk=row.pk).delete()
    reference.model._default_manager.filter(pk=stays.pk).update(**changes)


def _point_at(row: models.Model, stays: models.Model) -> None:
    """What refers to a row that goes refers to the one that stays."""
    for link in row._meta.related_objects:
        if link.field.many_to_many:
            continue
        link.related_model._default_manager.filter(**{link.field.name: row.pk}).update(**{link.field.name: stays.pk})
