"""Addresses of the desk that lead to cases."""

urlpatterns = []
