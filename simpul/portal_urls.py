"""Addresses of the public process: the portal and nothing else."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(path("", include("simpul.portal.urls")), prefix_default_language=False)

handler400 = "simpul.portal.views.pages.bad_request"
handler403 = "simpul.portal.views.pages.refused"
handler404 = "simpul.portal.views.pages.not_found"
handler500 = "simpul.portal.views.pages.broken"
