from __future__ import annotations

from secrets import token_urlsafe

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person, Unit
from truongso.school.models import Subject

from .period import Period


class LinkKind(models.TextChoices):
    ROOM = "room", _("phòng học của trường")
    TEAMS = "teams", "Microsoft Teams"
    ZOOM = "zoom", "Zoom"
    MEET = "meet", "Google Meet"
    ZALO = "zalo", "Zalo"
    VIDEO = "video", _("bài giảng video")
    OTHER = "other", _("trang khác")


# Where people meet at the hour of the period; the others are opened whenever one likes.
LIVE = frozenset({LinkKind.ROOM, LinkKind.TEAMS, LinkKind.ZOOM, LinkKind.MEET, LinkKind.ZALO})


class Health(models.TextChoices):
    """What the last check saw wrong with an address; empty: it answered, or nobody could ask."""

    GONE = "gone", _("trang không còn")
    PRIVATE = "private", _("video đang để riêng tư")
    ERROR = "error", _("máy chủ của trang đang lỗi")
    SILENT = "silent", _("không liên lạc được với trang")


def new_token() -> str:
    """72 bits: short enough to copy from a sheet, and nobody guesses one."""
    return token_urlsafe(9)


class Way(models.Model):
    """An address outside, and our own short one (`token`) by which people go there."""

    kind = models.CharField(max_length=8, choices=LinkKind)
    url = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=120, blank=True)
    watch_for = models.CharField(max_length=300, blank=True)
    token = models.CharField(max_length=24, unique=True)
    by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)  # taken away, not deleted: who went by it stays known
    checked_at = models.DateTimeField(null=True)
    broken = models.CharField(max_length=8, choices=Health, blank=True)
    told_at = models.DateTimeField(null=True)  # its teacher knows that it is broken

    class Meta:
        abstract = True

    @property
    def live(self) -> bool:
        return self.kind in LIVE


class StandingLink(Way):
    """The link that a class uses for a subject for long (a Teams team, a Zalo group); a period's own link goes first.
    Without a subject it is the class's."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="standing_links")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    until = models.DateField(null=True, blank=True)  # the last day; empty: as long as the class is

    class Meta:
        ordering = ("unit", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "subject", "kind"),
                condition=Q(removed_at__isnull=True),
                nulls_distinct=False,
                name="standing_link_once_a_kind",
            ),
            models.CheckConstraint(condition=Q(url__regex="^https?://"), name="standing_link_is_of_the_web"),
        )


class PeriodLink(Way):
    """A way into a period, or a lesson to watch for it. The school's own room and a standing link get theirs when first
    used (`standing`), so that visits always belong to one period."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="links")
    standing = models.ForeignKey(StandingLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="used")
    start_second = models.PositiveIntegerField(null=True, blank=True)
    end_second = models.PositiveIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("period", "order", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(end_second__isnull=True)
                | Q(start_second__isnull=True)
                | Q(end_second__gt=models.F("start_second")),
                name="link_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(kind=LinkKind.ROOM, url="") | (~Q(kind=LinkKind.ROOM) & Q(url__regex="^https?://")),
                name="link_is_of_the_web_or_our_room",
            ),
            models.UniqueConstraint(fields=("period",), condition=Q(kind=LinkKind.ROOM), name="link_one_room_a_period"),
            models.UniqueConstraint(
                fields=("period", "standing"), condition=Q(standing__isnull=False), name="link_standing_once_a_period"
            ),
        )


class LinkVisit(models.Model):
    """A pupil went through a link, first and last time and how often: evidence of taking part for outside tools.
    Only a pupil of the class has such a row; live ways only count around the hour of the period."""

    link = models.ForeignKey(PeriodLink, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="link_visits")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=("person",), name="link_visit_by_person"),)
        constraints = (models.UniqueConstraint(fields=("link", "person"), name="link_visit_once_a_person"),)
