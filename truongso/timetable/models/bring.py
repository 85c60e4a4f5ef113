from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person
from truongso.school.models import SchoolYear

from .version import TimetableVersion


class BringState(models.TextChoices):
    CHECKED = "checked", _("đã kiểm tra")
    COMMITTED = "committed", _("đã lập bản nháp")


class TimetableFile(models.Model):
    """A file that was brought in as a timetable: what it says, what people answered, the draft made of it. The file
    itself is not kept; the plan is made anew each time, so that an answer or a change elsewhere counts."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BringState, default=BringState.CHECKED)
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)  # of the draft to be made
    first = models.DateField()
    base = models.ForeignKey(TimetableVersion, on_delete=models.SET_NULL, null=True, related_name="+")  # compared with
    keep = models.BooleanField(default=False)  # carry over the halves of the day that the file does not show
    reading = models.JSONField()
    answers = models.JSONField(default=dict)
    version = models.ForeignKey(TimetableVersion, on_delete=models.SET_NULL, null=True, related_name="brought_from")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
