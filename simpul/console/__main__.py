"""`python -m simpul.console` is the same as `simpul`."""

import sys

from simpul.console.main import main

sys.exit(main())
