from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person


class Notice(models.Model):
    """Something that people are told. Who is told is fixed when it is sent: one receipt each."""

    title = models.CharField(max_length=160)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)  # a path of ours
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="notices_sent")
    sent_at = models.DateTimeField(auto_now_add=True)
    must_read = models.BooleanField(default=False)
    deadline = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(deadline=None) | Q(must_read=True), name="notice_deadline_is_of_must_read"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Receipt(models.Model):
    """One person's copy of a notice: opened when, confirmed when."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="receipts")
    read_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "person"), name="receipt_once"),)
        indexes = (
            models.Index(fields=("person", "-id"), name="receipt_by_person"),
            models.Index(fields=("person",), condition=Q(read_at=None), name="receipt_unread"),
        )


class MailState(models.TextChoices):
    WAITING = "waiting", _("đang chờ gửi")
    SENT = "sent", _("đã gửi")
    FAILED = "failed", _("không gửi được")


class OutboxMail(models.Model):
    """A letter that is to leave the house: written with the notice, sent by a job."""

    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True)
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=MailState, default=MailState.WAITING)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("state", "-id"), name="mail_by_state"),)


class Preference(models.Model):
    """What a person wishes besides the notices in here, which always come."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="notice_preference")
    by_mail = models.BooleanField(default=True)
