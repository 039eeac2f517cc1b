"""``python -m standoff`` is the command ``standoff``."""

import sys

from standoff.cli import main

sys.exit(main())
