"""Addresses of signing in: what officers need of django-allauth, and no sign-up."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("masuk/", views.login, name="account_login"),
    path("keluar/", views.logout, name="account_logout"),
    path("ulang/", views.reauthenticate, name="account_reauthenticate"),
    path("tidak-aktif/", views.account_inactive, name="account_inactive"),
    path("kata-sandi/", views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
