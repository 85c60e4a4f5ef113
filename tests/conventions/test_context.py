"""The frame's context processor wins over a view's own names: no view may use one of them."""

from __future__ import annotations

import ast

from tests.conventions.sources import PACKAGE, modules, tree

OF_THE_FRAME = {
    "actor",
    "theme",
    "LANGUAGE_CODE",
    "school_name",
    "school_phone",
    "providers",
    "nav",
    "unread",
    "streams",
    "support",
    "idle_minutes",
}


def test_no_view_passes_a_name_of_the_frame() -> None:
    found = []
    for path in modules():
        if "views" not in path.parts and path.name not in {"views.py", "system.py", "support.py", "guide.py"}:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Dict):
                names = {k.value for k in node.keys if isinstance(k, ast.Constant)}
                if names & OF_THE_FRAME:
                    found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {names & OF_THE_FRAME}")
    assert not found, "\n".join(found)
