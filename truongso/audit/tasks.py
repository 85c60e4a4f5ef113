"""Hourly signature over the end of the chain."""

from __future__ import annotations

from procrastinate.contrib.django import app

from truongso.audit.actions import checkpoint


@app.periodic(cron="7 * * * *")
@app.task(name="audit.checkpoint", queue="default", pass_context=False)
def sign_checkpoint(timestamp: int) -> None:
    checkpoint()
