"""Makes the reader of pages importable: the folders of tests are no packages."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
