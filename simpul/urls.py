"""All addresses: the public portal at the root (English below /en/), the desk below /desk/, sign-in below /akun/."""

from django.urls import include, path

from simpul.portal_urls import handler400, handler403, handler404, handler500
from simpul.portal_urls import urlpatterns as portal_patterns

urlpatterns = [
    path("desk/", include("simpul.desk.urls")),
    path("akun/", include("simpul.desk.sign_in_urls")),
    *portal_patterns,
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
