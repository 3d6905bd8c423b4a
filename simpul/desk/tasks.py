"""What a page asks for and does not wait for: it runs in the background process.

A task is a door as a page is: it asks the clock and calls the room. Its arguments are keys of rows and nothing else,
for the table of tasks is not sealed.
"""

from django.utils import timezone
from django_tasks import task

from simpul.insight import estimates
from simpul.insight.models import Estimate


@task()
def make_estimate(pk):
    """Compute the hidden number that was asked for."""
    estimates.make(Estimate.objects.get(pk=pk), at=timezone.now())
