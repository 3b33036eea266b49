#!/usr/bin/env python3
"""Django's own commands."""

import os
import sys

if __name__ == "__main__":
    sys.path.insert(0, "src")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
    from django.core.management import execute_from_command_line

    import lodestar.sqlite  # noqa: F401

    execute_from_command_line(sys.argv)
