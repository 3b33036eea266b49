"""What the environment says wrong is answered in a sentence that names the setting."""

import os
import subprocess
import sys

import pytest


def refusal_of(**environment):
    """Return the last line with which fresh settings refuse an environment; "" if they take it."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    run = subprocess.run(
        [sys.executable, "-c", "import lodestar.config.settings"],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stderr.splitlines()[-1] if run.returncode else ""


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing: set SECRET_KEY or SECRET_KEY_FILE."),
        ({"EMAIL_URL": "smtp+tls://host"}, "EMAIL_URL is not understood"),
        ({"RATE_LIMITED": "perhaps"}, "RATE_LIMITED"),
    ],
)
def test_a_wrong_setting_is_named(wrong, sentence):
    assert sentence in refusal_of(**({"SECRET_KEY": "set"} | wrong))


@pytest.mark.parametrize("switch", ["DEMO", "DEBUG"])
@pytest.mark.parametrize(
    "address",
    [
        {"BASE_URL": "https://mentoring.example.org"},
        {"ALLOWED_HOSTS": "localhost,demo.example.org"},
    ],
)
def test_the_known_key_of_the_demo_serves_this_machine_alone(tmp_path, switch, address):
    here = {switch: "1", "DATA_DIR": str(tmp_path)}

    assert refusal_of(**here) == ""
    assert "SECRET_KEY is missing" in refusal_of(**here, **address)
    assert refusal_of(**here, **address, SECRET_KEY="set") == ""
