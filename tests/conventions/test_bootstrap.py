"""What the set-up script reads of the machine."""

from __future__ import annotations

import pytest

from scripts.bootstrap import candidate_in

FRESH = """chromium:
  Installed: (none)
  Candidate: 156.0.8078.79-1~deb12u1
  Version table:
"""
UNKNOWN = "chromium:\n  Installed: (none)\n  Candidate: (none)\n"
SNAP = "chromium-browser:\n  Installed: (none)\n  Candidate: 2:1snap1-0ubuntu2\n"


@pytest.mark.parametrize(
    ("policy", "candidate"),
    [(FRESH, "156.0.8078.79-1~deb12u1"), (UNKNOWN, None), ("", None), (SNAP, "2:1snap1-0ubuntu2")],
)
def test_a_package_that_is_not_installed_yet_may_still_be_had(policy: str, candidate: str | None) -> None:
    assert candidate_in(policy) == candidate
