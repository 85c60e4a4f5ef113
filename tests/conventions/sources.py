"""The files that the conventions are checked on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "truongso"


def modules() -> Iterator[Path]:
    """Our Python modules, without migrations and tests."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"migrations", "tests"} & set(path.relative_to(PACKAGE).parts):
            yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def apps() -> list[str]:
    return sorted(p.parent.name for p in PACKAGE.glob("*/apps.py"))
