"""What the clocks do by themselves."""

from datetime import timedelta

from simpul.obligations import jobs


def test_a_tick_notes_what_time_has_run_out_on(world, owe, now):
    late = owe("triage")
    assert jobs.tick(at=now) == 0
    assert jobs.tick(at=now + timedelta(days=2)) == 1
    assert world.anew(late).escalated_to == "supervisor"
