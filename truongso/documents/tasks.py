"""Nightly: what nobody finished or wanted any more."""

from __future__ import annotations

from procrastinate.contrib.django import app

from truongso.documents.actions import clean_up


@app.periodic(cron="40 2 * * *")
@app.task(name="documents.clean_up", queueing_lock="documents.clean_up")
def clean(timestamp: int) -> None:
    clean_up()
