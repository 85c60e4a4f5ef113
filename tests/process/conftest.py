from __future__ import annotations

from pathlib import Path

import pytest

from tests.process.instance import reachable


@pytest.fixture(autouse=True)
def _reachable(tmp_path: Path) -> None:
    reachable(tmp_path)
