"""What happens in cases by itself: answers that came back by one-time links are taken over."""

from simpul.cases import referrals
from simpul.confidentiality import parcels

ABOUT = "cases.referral:"


def take_in_answers(*, at):
    """Make answers of agencies without an account the answers to their referrals; returns how many there were."""
    found = [parcel for parcel in parcels.waiting() if parcel.about.startswith(ABOUT)]
    return sum(referrals.take_in(parcel, at=at) for parcel in found)
