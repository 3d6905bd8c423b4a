"""Numbers of measures on a page: {{ line.share|percent }}, {{ line.number|grouped }}, {{ sum|counted:measure }}."""

from django import template

from simpul.insight import telling

register = template.Library()
register.filter("grouped", telling.grouped)
register.filter("percent", telling.percent)
register.filter("counted", telling.counted)
