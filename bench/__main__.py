"""Runs the benchmarks: each target of the engine beside a named peer or limit, in the same run.

python -m bench [T1 T2 ...] [--full]        all without a name; --full adds the largest sizes

Each target lives in a module of its own, which may have more settings: python -m bench.rolling --help.
"""

import argparse
import os
import subprocess
import sys

MODULES = {
    "T1": "scale", "T2": "scale", "T3": "scale", "T4": "scale", "T5": "scale", "T6": "scale",
    "T7": "stability", "T8": "mentor_match", "T9": "promises", "T10": "promises",
    "T11": "learning", "T12": "rotation", "T13": "rolling", "T14": "stability",
    "texts": "ols", "peers": "peer_pairs", "keep": "rematch", "draws": "simulation", "forecast": "forecast",
    "directory": "directory",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", choices=[*MODULES, []], metavar="TARGET")
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    asked: dict[str, list[str]] = {}
    for target in options.targets or MODULES:
        module = MODULES[target]
        known = asked.setdefault(module, [])
        if module in ("scale", "promises"):
            known.append(target)
    for module, targets in asked.items():
        size = ["--full"] if options.full and module == "scale" else []
        alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        print(f"\n== bench.{module}", flush=True)
        subprocess.run(
            [sys.executable, "-m", f"bench.{module}", *targets, *size], check=True, env=alone
        )


if __name__ == "__main__":
    main()
