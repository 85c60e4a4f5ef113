from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from truongso.intake.actions import runs
from truongso.intake.actions.commit import commit
from truongso.intake.models import ImportRun
from truongso.intake.plan import Plan

Checked = Callable[..., tuple[ImportRun, Plan]]


@pytest.fixture
def checked(db: None) -> Checked:
    def check(content: bytes, name: str = "danh sach.xlsx", **how: Any) -> tuple[ImportRun, Plan]:
        run = runs.start_run(by=None, name=name)
        plan = runs.check(run=run, content=content, **how)
        assert plan is not None, run.refused
        return run, plan

    return check


@pytest.fixture
def brought(checked: Checked) -> Checked:
    def bring(content: bytes, name: str = "danh sach.xlsx", **how: Any) -> tuple[ImportRun, Plan]:
        run, _plan = checked(content, name, **how)
        plan = commit(by=None, run=run)
        run.refresh_from_db()
        return run, plan

    return bring
