from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "simpul.portal"
    label = "portal"
