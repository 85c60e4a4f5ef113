from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person


class RunState(models.TextChoices):
    READING = "reading", _("đang đọc")
    REFUSED = "refused", _("không nhận")
    CHECKED = "checked", _("đã kiểm tra")
    COMMITTING = "committing", _("đang ghi")
    COMMITTED = "committed", _("đã ghi")
    UNDONE = "undone", _("đã hoàn tác")


class ImportRun(models.Model):
    """One file that was brought in: what was found, what people corrected, what it did. Personal data stays sealed."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.READING)
    kind = models.CharField(max_length=10, blank=True)
    provider = models.CharField(max_length=10, blank=True)
    year = models.CharField(max_length=9, blank=True)
    source_sealed = models.BinaryField(null=True, editable=False)  # tables of the file; taken away after some days
    edits_sealed = models.BinaryField(null=True, editable=False)  # {"6A1!F12": "05/09/2014"}
    answers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    refused = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the plan that people see
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    job_id = models.BigIntegerField(null=True)
    content_sealed = models.BinaryField(null=True, editable=False)  # the file itself, until it has been read
    made_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state__in=["committed", "undone"]) | models.Q(committed_at__isnull=False),
                name="import_committed_has_its_moment",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """One line of the preview: a pupil, a guardian, a class, a member of staff, an assignment."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    status = models.CharField(max_length=8)
    sheet = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField()
    shown_sealed = models.BinaryField(editable=False)  # title, values, problems, changes, question

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("run", "order"), name="import_row_once"),)
        indexes = (models.Index(fields=("run", "kind", "status", "order"), name="import_row_by_tab"),)


class ImportChange(models.Model):
    """One database row that a commit made, changed or took away, with what stood there before: undo goes them backwards."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    before_sealed = models.BinaryField(null=True, editable=False)  # null: made by the run
    after = models.CharField(max_length=64)  # hash of the row as the run left it; empty: taken away

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("model", "object_id"), name="import_change_of_object"),)


class ColumnMapping(models.Model):
    """What people said that the columns of such a file mean; used the next time a file has the same headers."""

    signature = models.CharField(max_length=32, unique=True)
    provider = models.CharField(max_length=10, blank=True)
    columns = models.JSONField(default=dict)  # {"C": "full_name", "D": ""}
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)
