"""Addresses of the desk that lead to reports."""

urlpatterns = []
