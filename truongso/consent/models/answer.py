from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person

from .purpose import PurposeVersion


class Capacity(models.TextChoices):
    GUARDIAN = "guardian", _("người đại diện theo pháp luật")
    PUPIL = "pupil", _("học sinh")


class Channel(models.TextChoices):
    ONLINE = "online", _("trên trang này")
    PAPER = "paper", _("trên giấy")


class ConsentAnswer(models.Model):
    """Yes or no of one person about one child and one version. Append-only (migration 0002): the proof of Art. 9.

    Changing one's mind is another row; a "no" after a "yes" is the withdrawal. Silence is no row.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consent_answers")
    version = models.ForeignKey(PurposeVersion, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents_given")
    capacity = models.CharField(max_length=8, choices=Capacity)
    agrees = models.BooleanField()
    day = models.DateField()  # from when it holds: today, or the day on the paper
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.ONLINE)
    device = models.CharField(max_length=120, blank=True)  # the browser, as proof
    note = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # the clerk, of paper
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("child", "version", "by", "-id"), name="consent_by_child"),
            models.Index(fields=("version", "child"), name="consent_by_version"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(channel="paper", entered_by__isnull=False) | Q(channel="online", entered_by=None),
                name="consent_paper_was_entered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(capacity="pupil", by=models.F("child")) | Q(capacity="guardian") & ~Q(by=models.F("child")),
                name="consent_of_oneself_or_for_a_child",
            ),
        )
