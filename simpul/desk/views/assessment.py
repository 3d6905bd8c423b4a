"""The assessment of what comparing records may do to people: for whoever answers for it, on a page and on paper."""

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page
from simpul.privacy import assessment as assessments

SECTION = "desk:assessment"


@officers(Right.READ_ASSESSMENT)
def assessment(request):
    """All parts on one page, as they stand at this moment."""
    return page(
        request, "assessment/assessment", section=SECTION, at=request.at,
        sections=assessments.of_linkage(by=request.user),
    )  # fmt: skip
