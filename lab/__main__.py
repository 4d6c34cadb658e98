"""``python -m lab <experiment> ...``."""

import sys

from lab.cli import main

sys.exit(main())
