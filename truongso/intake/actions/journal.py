"""Writes rows in bulk and keeps how to take each of them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models

from truongso.intake.models import ImportChange, ImportRun
from truongso.people import sealed

_VOLATILE = {"updated_at"}
BATCH = 500


def snapshot(obj: models.Model) -> str:
    """Every column of a row as JSON text."""
    return json.dumps(json.loads(serializers.serialize("json", [obj]))[0]["fields"] | {"#": obj.pk}, sort_keys=True)


def mark(obj: models.Model) -> str:
    """A hash of the row, by which a later change shows. Files' moments that change by themselves do not count."""
    fields = {f.attname: getattr(obj, f.attname) for f in obj._meta.concrete_fields if f.name not in _VOLATILE}
    plain = {k: bytes(v).hex() if isinstance(v, bytes | memoryview) else str(v) for k, v in fields.items()}
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


class Journal:
    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.made: list[models.Model] = []
        self.before: dict[tuple[str, int], tuple[models.Model, str]] = {}
        self.gone: list[tuple[str, int, str]] = []
        self.fresh: set[tuple[str, int]] = set()

    def add(self, objects: Sequence[models.Model]) -> None:
        """Create rows of one model."""
        if objects:
            type(objects[0])._default_manager.bulk_create(objects, batch_size=BATCH)
            self.note(objects)

    def note(self, objects: Iterable[models.Model]) -> None:
        """Rows that another verb has just made."""
        for obj in objects:
            self.made.append(obj)
            self.fresh.add((obj._meta.label_lower, obj.pk))

    def keep(self, obj: models.Model) -> None:
        """Call before the first change of a row."""
        key = (obj._meta.label_lower, obj.pk)
        if key not in self.fresh:
            self.before.setdefault(key, (obj, snapshot(obj)))

    def save(self, objects: Sequence[models.Model], fields: Sequence[str]) -> None:
        """Write these columns of rows of one model, kept before."""
        if objects:
            type(objects[0])._default_manager.bulk_update(objects, list(fields), batch_size=BATCH)

    def remove(self, obj: models.Model) -> None:
        key = (obj._meta.label_lower, obj.pk)
        self.gone.append((*key, self.before.pop(key, (obj, snapshot(obj)))[1]))
        obj.delete()

    def close(self) -> None:
        """Store the journal; rows are read again so that marks are those of the database."""
        made: dict[type[models.Model], list[int]] = {}
        for obj in self.made:
            made.setdefault(type(obj), []).append(obj.pk)
        lines: list[ImportChange] = []
        for model, keys in made.items():
            now = model._default_manager.in_bulk(keys)
            lines += [self._line(model._meta.label_lower, pk, None, mark(now[pk])) for pk in keys if pk in now]
        changed: dict[str, list[int]] = {}
        for label, pk in self.before:
            changed.setdefault(label, []).append(pk)
        for label, keys in changed.items():
            now = apps.get_model(label)._default_manager.in_bulk(keys)
            lines += [self._line(label, pk, self.before[label, pk][1], mark(now[pk])) for pk in keys if pk in now]
        lines += [self._line(label, pk, text, "") for label, pk, text in self.gone]
        ImportChange.objects.bulk_create(lines, batch_size=BATCH)

    def _line(self, label: str, pk: int, before: str | None, after: str) -> ImportChange:
        raw = sealed.seal(before, use="import_change") if before is not None else None
        return ImportChange(run=self.run, model=label, object_id=pk, before_sealed=raw, after=after)


def restored(label: str, text: str) -> Any:
    """The row as it was, ready to be saved."""
    fields: dict[str, Any] = json.loads(text)
    pk = fields.pop("#")
    found = next(serializers.deserialize("python", [{"model": label, "pk": pk, "fields": fields}]))
    return found
