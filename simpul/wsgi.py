"""The application as a WSGI server calls it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.settings")


def settled(application):
    """The application with all its addresses, for a process that serves.

    What it is made of stays as long as the process does. If it were gone through whenever garbage is collected, one
    page in ten would wait a tenth of a second for that.
    """
    get_resolver().url_patterns  # noqa: B018
    gc.collect()
    gc.freeze()
    return application


application = settled(get_wsgi_application())
