"""What does `lodestar COMMAND` run?"""

import signal
import sys

from lodestar.config import commands


def main() -> None:
    status = commands.run(sys.argv[1:])
    if status == commands.INTERRUPTED:
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # a second Ctrl-C on the way out changes nothing
    sys.exit(status)


if __name__ == "__main__":
    main()
