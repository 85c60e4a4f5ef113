"""The `truongso` command. Exit codes: 0 done, 1 could not (one sentence says why), 2 wrong words or settings."""

from __future__ import annotations

import os
import sys

from truongso.lib import env
from truongso.lib.datadir import DataDir
from truongso.lib.mail import mail_settings
from truongso.lib.oidc import oidc_providers
from truongso.supervisor.say import Stop


def check_settings() -> None:
    """Every variable that is set is right, before anything is touched."""
    env.check_known()
    env.integer("TRUONGSO_PORT", default=8000, low=1, high=65535)
    env.choice("TRUONGSO_TLS", ["localhost", "lan", "domain"], default="localhost")
    env.boolean("TRUONGSO_DEBUG", default=False)
    oidc_providers()
    mail_settings(DataDir.from_env())


def main(arguments: list[str] | None = None) -> int:
    """Entry point of the console script."""
    from truongso.cli import commands
    from truongso.cli.words import parser

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "truongso.settings")
    words = sys.argv[1:] if arguments is None else arguments
    asked = parser(words).parse_args(words)
    try:
        check_settings()
        return commands.run(asked)
    except env.EnvError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except Stop as stop:
        sys.stderr.write(f"{stop.sentence}\n")
        return 1
    except KeyboardInterrupt:
        return 130
