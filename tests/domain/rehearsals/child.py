"""What stands in for the child that plays: it reads one line and does what is asked of it there."""

import json
import os
import sys
import time
from pathlib import Path


def main():
    given = json.loads(sys.stdin.buffer.readline())
    share = {"share": 0.5, "day": "2026-03-10"}
    match given["act"]:
        case "answer":
            say(share, {"report": given["report"]})
        case "refuse":
            say({"refused": "one sentence for people"})
        case "hunger":
            say({"refused": "memory"})
        case "look":
            seen = {"environment": dict(os.environ), "folder": str(Path.cwd())}
            say({"report": given["report"] | seen})
        case "sleep":
            say(share)
            time.sleep(600)
        case _:
            say(share)
            sys.exit("it broke")


def say(*lines):
    for line in lines:
        print(json.dumps(line), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
