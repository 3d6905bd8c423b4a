from django.template import Context, Template

from simpul.insight.figures import HIDDEN
from simpul.insight.measures import measure

PAGE = Template(
    "{% load measured %}{{ number|grouped }} {{ hidden|grouped }} {{ share|percent }} {{ money|counted:paid }}"
)


def test_a_page_tells_numbers_shares_and_money(english):
    told = {"number": 1234, "hidden": HIDDEN, "share": 0.5, "money": 1500, "paid": measure("restitution_paid")}
    assert PAGE.render(Context(told)) == "1,234 … 50 % Rp1.500"
