"""The `truongso` command. Exit codes: 0 done, 1 could not (one sentence says why), 2 wrong words or settings."""

from __future__ import annotations

import os
import sys

from truongso.lib import env
from truongso.supervisor.say import Stop


def main(arguments: list[str] | None = None) -> int:
    """Entry point of the console script."""
    from truongso.cli import commands
    from truongso.cli.words import parser

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "truongso.settings")
    asked = parser().parse_args(arguments)
    if asked.lang:
        os.environ["TRUONGSO_LANG"] = asked.lang
    try:
        env.check_known()
        return commands.run(asked)
    except env.EnvError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except Stop as stop:
        sys.stderr.write(f"{stop.sentence}\n")
        return 1
    except KeyboardInterrupt:
        return 130
