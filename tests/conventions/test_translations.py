"""Vietnamese is the source of every string a person reads; the English catalogue is complete."""

from __future__ import annotations

import re

from scripts import messages
from tests.conventions.sources import PACKAGE, modules

VIETNAMESE = re.compile(r"[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.I)


def test_the_english_catalogue_is_complete() -> None:
    wrong = messages.problems()
    assert not wrong, "\n".join(wrong)


def test_no_vietnamese_text_stands_unmarked_in_a_template() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\{#.*?#\}", "", text, flags=re.S)
        text = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", text, flags=re.S)
        text = re.sub(r"Trường Số|<button[^>]*lang=.vi.[^>]*>Tiếng Việt</button>", "", text)  # names stay as they are
        text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.S)
        found += [
            f"{path.relative_to(PACKAGE)}: {line.strip()}" for line in text.splitlines() if VIETNAMESE.search(line)
        ]
    assert not found, "\n".join(found)


def test_no_vietnamese_literal_stands_unmarked_in_a_view_form_or_verb() -> None:
    import ast

    found = []
    for path in modules():
        if path.name not in {"views.py", "forms.py", "actions.py", "access.py"} and path.parent.name not in {
            "views",
            "actions",
        }:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marked: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in messages.KEYWORDS:
                marked |= {id(child) for child in ast.walk(node)}
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
                marked.add(id(node.body[0].value))  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and text != "Trường Số" and id(node) not in marked and VIETNAMESE.search(text):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.value!r}")
    assert not found, "\n".join(found)
