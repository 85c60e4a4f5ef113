"""Programmes as groups plan them: topics, lessons and required outcomes of one subject in one grade in one year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.school.models import SchoolYear, Subject, SubjectPart


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", _("đang soạn")
    IN_USE = "in_use", _("đang dùng")


class Programme(models.Model):
    """The distribution of a subject's programme (phân phối chương trình; Annex I of CV 5512, part II.1)."""

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="programmes")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="programmes")
    grade = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    note = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("subject__order", "grade")
        constraints = (
            models.UniqueConstraint(fields=("year", "subject", "grade"), name="programme_once_a_year"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="programme_grade_1_to_12"),
        )

    def __str__(self) -> str:
        return f"{self.subject.name} {self.grade}"


class Topic(models.Model):
    """A chapter or theme (chương, chủ đề): a run of lessons."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(max_length=200)
    part = models.ForeignKey(SubjectPart, on_delete=models.PROTECT, null=True, blank=True, related_name="topics")
    order = models.PositiveIntegerField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("programme", "order", "pk")

    def __str__(self) -> str:
        return self.title


class LessonKind(models.TextChoices):
    LESSON = "lesson", _("bài học")
    PRACTICE = "practice", _("thực hành")
    REVIEW = "review", _("ôn tập")
    TEST = "test", _("kiểm tra định kì")


class Lesson(models.Model):
    """A lesson of the programme, of one or more periods. Its id stays when it is renamed, moved or imported again;
    periods, materials and marks refer to it, so it is archived and never deleted."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="lessons")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=LessonKind, default=LessonKind.LESSON)
    part = models.ForeignKey(SubjectPart, on_delete=models.PROTECT, null=True, blank=True, related_name="lessons")
    periods = models.PositiveSmallIntegerField()
    week_hint = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField()
    imported = models.CharField(
        max_length=64, blank=True
    )  # digest of the row it came from; differs once edited by hand
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("topic__order", "topic", "order", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(periods__gte=1, periods__lte=60), name="lesson_1_to_60_periods"),
        )

    def __str__(self) -> str:
        return self.title


class Outcome(models.Model):
    """A required outcome (yêu cầu cần đạt) of a lesson: a row of its own, so that materials and questions can name it."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="outcomes")
    text = models.CharField(max_length=1000)
    order = models.PositiveIntegerField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("lesson", "order", "pk")

    def __str__(self) -> str:
        return self.text


class PeriodicTest(models.Model):
    """A row of Annex I, II.3: the four periodic assessments of the year."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tests")
    term = models.PositiveSmallIntegerField()
    final = models.BooleanField()  # cuối kì, else giữa kì
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    when = models.CharField(max_length=60, blank=True)  # thời điểm: "Tuần 9"
    outcomes = models.CharField(max_length=1000, blank=True)
    form = models.CharField(max_length=120, blank=True)  # hình thức

    class Meta:
        ordering = ("programme", "term", "final")
        constraints = (
            models.UniqueConstraint(fields=("programme", "term", "final"), name="periodic_test_once"),
            models.CheckConstraint(condition=Q(term__in=[1, 2]), name="periodic_test_term_1_or_2"),
        )


class Resource(models.Model):
    """A row of Annex I, I.3 (teaching devices) or I.4 (subject rooms)."""

    class Kind(models.TextChoices):
        DEVICE = "device", _("thiết bị dạy học")
        ROOM = "room", _("phòng học bộ môn, sân bãi")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=200)
    quantity = models.CharField(max_length=40, blank=True)
    used_for = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ("programme", "kind", "order", "pk")
