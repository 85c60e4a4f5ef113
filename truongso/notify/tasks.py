"""Sending letters. A letter may in the worst case leave twice (the line broke after it was taken), never not at all."""

from __future__ import annotations

from django.core.mail import EmailMessage

from truongso import jobs
from truongso.jobs import JobHandle
from truongso.notify.actions import note_not_sent, note_sent
from truongso.notify.models import MailState, OutboxMail


@jobs.task(retries=8)
def send_mail(job: JobHandle, mail: int) -> None:
    letter = OutboxMail.objects.filter(pk=mail).exclude(state=MailState.SENT).first()
    if letter is None:
        return
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.address]).send()
    except Exception as error:
        note_not_sent(letter, str(error) or type(error).__name__)
        raise
    note_sent(letter)
