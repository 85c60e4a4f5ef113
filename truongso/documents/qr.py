"""QR codes for paper."""

from __future__ import annotations

from itertools import groupby

import segno


def qr_svg(text: str) -> str:
    """The code as one drawn path, each run of dark squares a box: a thousand single squares a slip were slow to set."""
    rows = [[bool(bit) for bit in row] for row in segno.make(text, error="m", micro=False).matrix]
    runs: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        for dark, squares in groupby(row):
            width = len(list(squares))
            if dark:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    side = len(rows)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{"".join(runs)}"/></svg>'
