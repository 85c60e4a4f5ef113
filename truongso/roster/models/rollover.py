from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.jobs.models import Job
from truongso.people.models import Person, Unit
from truongso.school.models import Campus, SchoolYear, Shift


class PlanState(models.TextChoices):
    DRAFT = "draft", _("đang chuẩn bị")
    OPENED = "opened", _("đã mở")


class Outcome(models.TextChoices):
    """What becomes of a pupil at the end of the year; the words are those of Movement."""

    PROMOTED = "promoted", _("lên lớp")
    REPEATED = "repeated", _("ở lại lớp")
    COMPLETED = "completed", _("hoàn thành cấp học")
    TRANSFER_OUT = "out", _("chuyển đi")


class RolloverPlan(models.Model):
    """The next school year on paper. Nothing of the running year changes before it is opened; until then it can be
    dropped without a trace."""

    from_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="rollovers")
    name = models.CharField(max_length=9)  # of the year to come
    keep_staff = models.BooleanField(default=True)  # dated roles and groups that end with the year go on
    state = models.CharField(max_length=6, choices=PlanState, default=PlanState.DRAFT)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    by_id = models.BigIntegerField(null=True)  # person
    opened_by_id = models.BigIntegerField(null=True)  # person
    opened_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("state",), condition=Q(state="draft"), name="rollover_one_draft"),
            models.UniqueConstraint(fields=("name",), name="rollover_once_a_year"),
        )

    def __str__(self) -> str:
        return self.name


class PlanClass(models.Model):
    """A class of the year to come: the one that goes on from `from_unit`, or a new one."""

    plan = models.ForeignKey(RolloverPlan, on_delete=models.CASCADE, related_name="classes")
    name = models.CharField(max_length=60)
    grade = models.PositiveSmallIntegerField()
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    homeroom = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    with_teachers = models.BooleanField(default=False)  # subject teachers go on with the class
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    shift = models.CharField(max_length=2, choices=Shift, default=Shift.MORNING)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")  # when opened

    class Meta:
        ordering = ("grade", "name")
        constraints = (models.UniqueConstraint(fields=("plan", "name"), name="plan_class_named_once"),)

    def __str__(self) -> str:
        return self.name


class PlanPupil(models.Model):
    """What becomes of one pupil: exactly one outcome each, and a class for those who stay."""

    plan = models.ForeignKey(RolloverPlan, on_delete=models.CASCADE, related_name="pupils")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    to = models.ForeignKey(PlanClass, on_delete=models.RESTRICT, null=True, related_name="pupils")

    class Meta:
        ordering = ("person__sort_key", "pk")
        indexes = (models.Index(fields=("plan", "from_unit"), name="plan_pupil_by_class"),)
        constraints = (
            models.UniqueConstraint(fields=("plan", "person"), name="plan_pupil_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["promoted", "repeated"]) | Q(to=None),
                name="plan_pupil_who_leaves_has_no_class",
            ),
        )
