"""Settings of the public process: it can seal and cannot open, and it has no desk.

Run it as a user of the operating system that cannot read `opening.json`.
"""

from simpul.environment import keys
from simpul.settings import *  # noqa: F403
from simpul.settings import HOME, INSTALLED_APPS, MIDDLEWARE, TEMPLATES

KEYS = keys(HOME, "portal.json")
ROOT_URLCONF = "simpul.portal_urls"
_OF_THE_DESK = ("simpul.desk", "simpul.demo", "simpul.console", "allauth")
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith(_OF_THE_DESK)]
MIDDLEWARE = [middleware for middleware in MIDDLEWARE if not middleware.startswith(_OF_THE_DESK)]
TEMPLATES = [
    TEMPLATES[0] | {"OPTIONS": {"context_processors": ["django.template.context_processors.request"]}},
]
