"""The whole story of a case, leaf by leaf."""

from simpul.agencies.doors import officers
from simpul.cases import access
from simpul.desk.acting import leaf, page
from simpul.desk.timeline import story_of, told
from simpul.desk.views.cases import FILE, SECTION


@officers(*FILE)
def timeline(request, number):
    """What happened in a case, newest first; opening it is opening the file."""
    case = access.case_for(request.user, number, at=request.at)
    found = leaf(request, story_of(case))
    return page(request, "cases/story", section=SECTION, case=case, leaf=found, story=told(found.object_list))
