"""What the environment says wrong is answered in a sentence that names the setting."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing: set SECRET_KEY or SECRET_KEY_FILE."),
        ({"EMAIL_URL": "smtp+tls://host"}, "EMAIL_URL is not understood"),
        ({"RATE_LIMITED": "perhaps"}, "RATE_LIMITED"),
    ],
)
def test_a_wrong_setting_is_named(wrong, sentence):
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    environment = kept | {"SECRET_KEY": "set"} | wrong

    run = subprocess.run(
        [sys.executable, "-c", "import lodestar.config.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert sentence in run.stderr.splitlines()[-1]
