from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _reachable(tmp_path: Path) -> None:
    """pytest's folders are 0700, which would shut out the private cluster's owner."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o711)
