from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person, Unit
from truongso.school.models import Subject

from .period import Period


class LinkKind(models.TextChoices):
    TEAMS = "teams", "Microsoft Teams"
    ZOOM = "zoom", "Zoom"
    MEET = "meet", "Google Meet"
    ZALO = "zalo", "Zalo"
    VIDEO = "video", _("bài giảng video")
    OTHER = "other", _("trang khác")


class StandingLink(models.Model):
    """The link that a class uses for a subject all year (a Teams team, a Zalo group); a period's own link goes first."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="standing_links")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=LinkKind)
    url = models.URLField(max_length=500)
    title = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("unit", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "subject", "kind"), nulls_distinct=False, name="standing_link_once_a_kind"
            ),
        )


class PeriodLink(models.Model):
    """A way into a period, or a lesson to watch for it. People go by our own address (`token`), which keeps who went."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=8, choices=LinkKind)
    url = models.URLField(max_length=500)
    title = models.CharField(max_length=120)
    start_second = models.PositiveIntegerField(null=True, blank=True)
    end_second = models.PositiveIntegerField(null=True, blank=True)
    watch_for = models.CharField(max_length=300, blank=True)
    token = models.CharField(max_length=24, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    broken = models.CharField(max_length=120, blank=True)  # what the last check saw; empty: it answered

    class Meta:
        ordering = ("period", "order", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end_second__isnull=True)
                | models.Q(start_second__isnull=True)
                | models.Q(end_second__gt=models.F("start_second")),
                name="link_ends_after_it_starts",
            ),
        )


class LinkVisit(models.Model):
    """A person went through a link, first and last time and how often: evidence of taking part for outside tools."""

    link = models.ForeignKey(PeriodLink, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="link_visits")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("link", "person"), name="link_visit_once_a_person"),)
