"""How officers sign in."""

from tests.world import PASSWORD


def sign_in(page, name, *, password=PASSWORD):
    """The page, on the desk of an officer."""
    page.goto("/akun/masuk/?next=/desk/hari-ini/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.click("form[action^='/akun/masuk/'] button[type=submit]")
    page.wait_for_url("**/desk/**")
    return page
