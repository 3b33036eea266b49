"""What does `lodestar COMMAND` run?"""

import sys

from lodestar.config import commands


def main() -> None:
    sys.exit(commands.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
