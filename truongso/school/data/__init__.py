"""What a school starts from, as dated data with its basis: read here, copied into rows by the verbs, never asked again."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """A file of this folder, parsed once: years, holidays, subjects, bells, groups."""
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found
