"""``make trials``: thousands of generated reports through the reader (see tests/messy/trials.py)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from messy.trials import main

if __name__ == "__main__":
    sys.exit(main())
