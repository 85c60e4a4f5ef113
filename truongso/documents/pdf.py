"""PDF by typst with our own fonts: the same page on every machine.

Data reaches a template as JSON and is set as plain text, so nothing a person typed is ever read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import typst

FONTS = Path(__file__).parent / "fonts"
_one = Lock()  # one page is set at a time in a process: memory stays bounded, the cores stay free for pages


def render_typst(template: Path, data: Mapping[str, Any], *, archival: bool = False) -> bytes:
    """The PDF of a typst template, which reads `json(bytes(sys.inputs.data))`.

    `archival` makes it PDF/A-2b (official documents). Raises typst.TypstError when the template is wrong.
    """
    text = json.dumps(data, ensure_ascii=False)
    with _one:
        made: bytes = typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": text},
            pdf_standards=["a-2b"] if archival else [],
        )
    return made
