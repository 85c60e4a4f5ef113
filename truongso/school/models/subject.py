from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .calendar import SchoolYear


class SubjectKind(models.TextChoices):
    """How it is assessed (TT 22/2021, Art. 5)."""

    SCORED = "scored", _("nhận xét và điểm số")
    COMMENT = "comment", _("nhận xét")


class Subject(models.Model):
    """A subject or educational activity of the programme."""

    code = models.SlugField(max_length=20, unique=True)  # toan, khtn, hdtn
    name = models.CharField(max_length=80, unique=True)  # Khoa học tự nhiên
    short_name = models.CharField(max_length=20)  # KHTN
    aliases = models.JSONField(default=list, blank=True)  # how files and timetables call it besides
    kind = models.CharField(max_length=8, choices=SubjectKind, default=SubjectKind.SCORED)
    optional = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name


class SubjectPart(models.Model):
    """A strand of a shared subject (mạch, phân môn, nội dung): Vật lí in KHTN, Lịch sử in LS&ĐL, Âm nhạc in Nghệ thuật."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)
    aliases = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("subject", "order", "name")
        constraints = (models.UniqueConstraint(fields=("subject", "name"), name="subject_part_named_once"),)

    def __str__(self) -> str:
        return self.name


class SubjectGrade(models.Model):
    """How many periods a subject has in a grade in a school year, and how they spread over the weeks of both terms.

    52 periods over 35 weeks is no whole number a week: 1 in term I (18) and 2 in term II (34) make 52.
    """

    year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="subject_grades")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="grades")
    grade = models.PositiveSmallIntegerField()
    periods = models.PositiveSmallIntegerField()  # a year
    weekly_term_1 = models.PositiveSmallIntegerField()
    weekly_term_2 = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("subject__order", "grade")
        constraints = (
            models.UniqueConstraint(fields=("year", "subject", "grade"), name="subject_grade_once_a_year"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="subject_grade_1_to_12"),
        )
