"""The application on a day to come, for stories that last longer than a test may.

Doors ask the clock and hand the moment down; rooms never ask. So it is enough that the clock answers with a later day.
"""

import os
from datetime import timedelta

from django.utils import timezone

_now, _later = timezone.now, timedelta(days=int(os.environ["DAYS_LATER"]))
timezone.now = lambda: _now() + _later

from simpul.wsgi import application  # noqa: E402

__all__ = ["application"]
