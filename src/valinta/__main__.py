"""`python -m valinta` is the command line, wherever the `valinta` script is not on the path."""

from __future__ import annotations

import sys

from valinta.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
