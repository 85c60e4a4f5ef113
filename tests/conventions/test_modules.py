"""Sizes, places and manners of our modules."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conventions.sources import PACKAGE, ROOT, apps, modules, tree

DRAWERS = {"utils", "core", "common", "services", "helpers", "misc"}
# A module over 300 lines needs its reason here; over 500 nothing helps.
LONG_FOR_A_REASON: dict[str, str] = {}
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete", "update",
    "acreate", "asave", "adelete", "aupdate",
}  # fmt: skip


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_too_long() -> None:
    sizes = {str(p.relative_to(ROOT)): lines(p) for p in modules()}
    assert not {name: n for name, n in sizes.items() if n > 500}
    assert {name: n for name, n in sizes.items() if n > 300 and name not in LONG_FOR_A_REASON} == {}
    assert sum(n <= 160 for n in sizes.values()) >= 0.9 * len(sizes), "nine modules in ten stay under 160 lines"


def test_no_drawers() -> None:
    assert [str(p) for p in modules() if p.stem in DRAWERS or p.parent.name in DRAWERS] == []


@pytest.mark.parametrize("app", apps())
def test_every_app_says_what_it_is_in_ten_lines(app: str) -> None:
    readme = PACKAGE / app / "README.md"
    assert readme.is_file(), f"truongso/{app}/README.md is missing"
    assert len(readme.read_text(encoding="utf-8").splitlines()) <= 24


def test_no_signals_and_no_work_in_save() -> None:
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module and "signals" in node.module:
                pytest.fail(f"{path}:{node.lineno}: signals hide who does what")
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"} and path.name == "models.py":
                pytest.fail(f"{path}:{node.lineno}: work in {node.name}()")


def is_verb_module(path: Path) -> bool:
    return path.name in {"actions.py", "tasks.py"} or path.parent.name in {"actions", "tasks"}


# Where rows are written outside a verb for a reason that is said here.
WRITES_FOR_A_REASON: dict[str, str] = {
    "truongso/people/sessions.py": "Django's session interface writes its row",
    "truongso/demo/store.py": "a made-up school is not a deed of anybody",
    "truongso/demo/structure.py": "a made-up school is not a deed of anybody",
    "truongso/conditions/demo.py": "a made-up school is not a deed of anybody",
    "truongso/consent/demo.py": "a made-up school is not a deed of anybody",
    "truongso/timetable/demo/store.py": "a made-up school is not a deed of anybody",
    "truongso/timetable/demo/decisions.py": "a made-up school is not a deed of anybody",
    "truongso/timetable/demo/__init__.py": "a made-up school is not a deed of anybody",
}


def test_writes_only_in_verbs() -> None:
    found = []
    for path in modules():
        name = str(path.relative_to(ROOT))
        if is_verb_module(path) or name in WRITES_FOR_A_REASON:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "copy_rows":
                found.append(f"{name}:{node.lineno}: copy_rows()")
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in WRITES:
                continue
            text = ast.unparse(node.func.value)
            if re.search(r"(^|\.)(session|word|clean)$", text):  # no rows: a session, a DOCX, a picture
                continue
            if ".objects" in text or node.func.attr in {"save", "bulk_create", "bulk_update", "update_or_create"}:
                found.append(f"{name}:{node.lineno}: {text}.{node.func.attr}()")
    assert not found, "\n".join(found)


def test_views_are_functions_that_open_no_side_door() -> None:
    found = []
    for path in modules():
        if path.name != "views.py" and path.parent.name != "views":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                text = ast.unparse(node.func)
                if text.endswith(".objects.get") or text.endswith("get_object_or_404"):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {text}")
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno
                if length > 40:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {length} lines")
    assert not found, "\n".join(found)
