"""What each address of the desk leads to, and who belongs there: the table that `test_doors` walks.

A new address with something in it needs a line here; the world behind the addresses is `test_doors.inhabited`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """What an address leads to, and who belongs there.

    `to` gives the parts of the address, `query` what follows it, `who` the officer who is let in. `in_region` marks
    what roles may see in the whole region and not at their own agency alone; `of_a_file` what belongs to a report or
    case, from which somebody can be kept out; `everywhere` what everybody will see, and before that officers of every
    region.
    """

    to: object
    who: str = "rina"
    query: object = None
    in_region: bool = False
    of_a_file: bool = True
    everywhere: bool = False


def number(w):
    return {"number": w.kept.number}


def part(w):
    return {"number": w.kept.number, "pk": w.victim_part.pk}


def told(w):
    return {"number": w.told.number}


def referral(w):
    return {"pk": w.sent.pk}


def code(w):
    return {"code": w.event.code}


def asked(w):
    return {"number": w.kept.number, "pk": w.asked.pk}


def proceeding(w):
    return {"number": w.kept.number, "pk": w.proceeding.pk}


def over(w):
    return {"file": f"cases.case:{w.over.pk}"}


def breach(w):
    return {"number": w.breach.number}


def returnee(w):
    return {"number": w.returnee.manifest.number, "row": w.returnee.row}


def entry_of_register(w):
    return {"pk": w.entry_of_register.pk}


def release(w):
    return {"number": w.release.number}


def sheet(w):
    return {"number": w.sheet.number}


OBJECTS = {
    "file": Entry(lambda w: {"pk": w.clock.pk}, in_region=True),
    "report": Entry(told),
    "report_ask": Entry(told),
    "report_write": Entry(told),
    "report_accept": Entry(told),
    "report_pass_on": Entry(told),
    "report_merge": Entry(told),
    "report_set_aside": Entry(told),
    "report_take_up": Entry(told),
    "report_way": Entry(told),
    "report_finding": Entry(told),
    "report_strike": Entry(lambda w: {"number": w.told.number, "pk": w.finding.pk}),
    "report_indicator": Entry(told),
    "report_contact": Entry(told),
    "report_exclusion": Entry(told, who="yanti"),
    "attachment": Entry(lambda w: {"number": w.told.number, "pk": w.attachment.pk}),
    "event_code": Entry(code, of_a_file=False),
    "event_code_end": Entry(code, of_a_file=False),
    "case": Entry(number),
    "facts": Entry(number, who="dewi", in_region=True),
    "case_summary": Entry(number),
    "case_describe": Entry(number),
    "case_stage": Entry(number),
    "case_assign": Entry(number),
    "case_release": Entry(lambda w: {"number": w.kept.number, "pk": w.assignment.pk}),
    "case_police": Entry(number),
    "case_readers": Entry(number),
    "case_timeline": Entry(number),
    "case_attachment": Entry(lambda w: {"number": w.kept.number, "pk": w.case_attachment.pk}),
    "case_exclusion": Entry(number, who="yanti"),
    "case_exclusion_lift": Entry(lambda w: {"number": w.kept.number, "pk": w.exclusion.pk}, who="yanti"),
    "case_message": Entry(number, query=lambda w: f"?laporan={w.case_report.number}"),
    "case_emergency_review": Entry(lambda w: {"number": w.kept.number, "pk": w.taken.pk}),
    "case_person_add": Entry(number),
    "case_person_known": Entry(number),
    "case_person": Entry(part),
    "case_person_show": Entry(part),
    "case_person_correct": Entry(part),
    "case_person_status": Entry(part),
    "case_person_unpunished": Entry(part),
    "case_person_cleared": Entry(part),
    "case_consent": Entry(part),
    "case_consent_withdraw": Entry(lambda w: part(w) | {"consent_pk": w.consent.pk}),
    "case_child_add": Entry(number),
    "case_person_mark": Entry(part),
    "case_rights": Entry(part),
    "case_rights_told": Entry(part),
    "case_right": Entry(lambda w: part(w) | {"right": "case_information"}),
    "case_visits": Entry(part),
    "case_way": Entry(part),
    "case_age": Entry(part),
    "case_best_interest": Entry(part),
    "case_service_new": Entry(number, query=lambda w: f"?orang={w.victim_part.pk}"),
    "case_service": Entry(lambda w: {"number": w.kept.number, "pk": w.given.pk}),
    "case_service_step": Entry(lambda w: {"number": w.kept.number, "pk": w.given.pk}),
    "case_service_strike": Entry(lambda w: {"number": w.kept.number, "pk": w.given.pk, "step_pk": w.step.pk}),
    "case_service_enter": Entry(lambda w: {"number": w.kept.number, "pk": w.sheltered.pk}),
    "case_service_leave": Entry(lambda w: {"number": w.kept.number, "pk": w.sheltered.pk, "stay_pk": w.stay.pk}),
    "case_return": Entry(lambda w: {"number": w.kept.number, "pk": w.homeward.service_id}),
    "shelter_end": Entry(lambda w: {"pk": w.shelter.pk}, who="yanti", of_a_file=False),
    "case_referral_new": Entry(number, query=lambda w: f"?layanan={w.given.pk}"),
    "case_obligation": Entry(lambda w: {"number": w.kept.number, "pk": w.clock.pk}),
    "case_proceeding_new": Entry(number),
    "case_proceeding": Entry(proceeding),
    "case_proceeding_edit": Entry(proceeding),
    "case_proceeding_strike": Entry(lambda w: proceeding(w) | {"step_pk": w.court_step.pk}),
    "case_examination_new": Entry(number),
    "case_restitution": Entry(part),
    "case_restitution_begin": Entry(part),
    "case_restitution_items": Entry(part),
    "case_restitution_proceeding": Entry(part),
    "case_restitution_strike": Entry(lambda w: part(w) | {"step_pk": w.claim_step.pk}),
    "case_close": Entry(number),
    "case_recurrence": Entry(number),
    "case_hand_over": Entry(number, who="yanti"),
    "case_access": Entry(number),
    "document_consent": Entry(part),
    "document_service_refusal": Entry(lambda w: {"number": w.kept.number, "pk": w.given.pk}),
    "document_right_refusal": Entry(lambda w: part(w) | {"right": "shelter"}),
    "document_handover": Entry(lambda w: {"number": w.kept.number, "pk": w.homeward.service_id}),
    "document_restitution": Entry(part),
    "document_power_of_attorney": Entry(part),
    "document_receipt": Entry(part),
    "document_readings": Entry(asked),
    "document_breach": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "document_referral_cover": Entry(referral),
    "document_referral_inner": Entry(referral),
    "referral_link": Entry(referral),
    "referral_link_end": Entry(referral),
    "referral_answer": Entry(referral),
    "referral_stop": Entry(referral, who="budi"),
    "referral": Entry(referral, who="budi"),
    "referral_accept": Entry(referral, who="budi"),
    "referral_decline": Entry(referral, who="budi"),
    "referral_withdraw": Entry(referral),
    "referral_pause": Entry(referral, who="budi"),
    "referral_resume": Entry(referral, who="budi"),
    "referral_service": Entry(referral, who="budi"),
    "case_requests": Entry(number),
    "case_request_new": Entry(number, query=lambda w: f"?orang={w.victim_part.pk}"),
    "case_request": Entry(asked),
    "case_request_answer": Entry(asked),
    "case_request_refuse": Entry(asked, who="yanti"),
    "case_request_readings": Entry(asked),
    "case_restriction_lift": Entry(asked),
    "erasure_new": Entry(over, who="yanti", in_region=True),
    "hold_new": Entry(over, who="yanti", in_region=True),
    "erasure": Entry(lambda w: {"pk": w.erasure.pk}, who="yanti", in_region=True),
    "erasure_take_back": Entry(lambda w: {"pk": w.erasure.pk}, who="yanti", in_region=True),
    "hold": Entry(lambda w: {"pk": w.hold.pk}, who="yanti", in_region=True),
    "breach": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_list": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_openings": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_table": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_contain": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_authority": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_close": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_notice": Entry(breach, who="yanti", in_region=True, of_a_file=False),
    "breach_tell": Entry(lambda w: breach(w) | {"pk": w.affected.pk}, who="yanti", in_region=True),
    "complaint": Entry(lambda w: {"number": w.complaint.number}, who="wulan", of_a_file=False),
    "notice": Entry(lambda w: {"pk": w.notice.pk}, who="hana", of_a_file=False),
    "document_home_notice": Entry(lambda w: {"pk": w.notice.pk}, who="hana", of_a_file=False),
    "document_returnee_handover": Entry(returnee, who="hana", in_region=True),
    "document_returnee_refusal": Entry(returnee, who="hana", in_region=True),
    "returnee_exclusion": Entry(returnee, who="hana"),
    "returnee_exclusion_lift": Entry(lambda w: returnee(w) | {"pk": w.kept_from.pk}, who="hana"),
    "returnee_readings": Entry(returnee, who="darius", in_region=True),
    "returnee_copy": Entry(returnee, who="darius", in_region=True),
    "returnee_restrict": Entry(returnee, who="darius", in_region=True),
    "returnee_unrestrict": Entry(returnee, who="darius", in_region=True),
    "returnee": Entry(returnee, who="hana", in_region=True),
    "returnee_show": Entry(returnee, who="hana", in_region=True),
    "returnee_correct": Entry(returnee, who="hana", in_region=True),
    "returnee_village": Entry(returnee, who="darius", in_region=True),
    "returnee_way": Entry(returnee, who="hana", in_region=True),
    "returnee_visit": Entry(returnee, who="darius", in_region=True),
    "returnee_screening": Entry(returnee, who="hana", in_region=True),
    "returnee_hand_over": Entry(returnee, who="hana", in_region=True),
    "returnee_refuse": Entry(returnee, who="hana", in_region=True),
    "pair": Entry(lambda w: {"pk": w.pair.pk}),
    "pair_later": Entry(lambda w: {"pk": w.pair.pk}),
    "pair_propose": Entry(lambda w: {"pk": w.victim_part.person_id}),
    "pair_ask": Entry(lambda w: {"pk": w.half_open.pk}, who="hana", in_region=True),
    "alert": Entry(lambda w: {"number": w.alert.number}, who="dewi", in_region=True, of_a_file=False),
    "alert_take_up": Entry(lambda w: {"number": w.alert.number}, who="dewi", in_region=True, of_a_file=False),
    "estimate": Entry(lambda w: {"pk": w.estimate.pk}, who="dewi", in_region=True, of_a_file=False),
    "decision_take_back": Entry(lambda w: {"pk": w.decision.pk}),
    "inquiry": Entry(lambda w: {"pk": w.question.pk}),
    "inquiry_withdraw": Entry(lambda w: {"pk": w.question.pk}, who="hana"),
    "manifest": Entry(lambda w: {"number": w.returnee.manifest.number}, who="hana", of_a_file=False),
    "manifest_download": Entry(lambda w: {"number": w.returnee.manifest.number}, who="hana", of_a_file=False),
    "sheet": Entry(sheet, who="hana", of_a_file=False),
    "sheet_head": Entry(sheet, who="hana", of_a_file=False),
    "sheet_columns": Entry(sheet, who="hana", of_a_file=False),
    "sheet_answers": Entry(sheet, who="hana", of_a_file=False),
    "sheet_again": Entry(sheet, who="hana", of_a_file=False),
    "sheet_leave_out": Entry(sheet, who="hana", of_a_file=False),
    "sheet_take_in": Entry(sheet, who="hana", of_a_file=False),
    "sheet_take_back": Entry(sheet, who="hana", of_a_file=False),
    "sheet_discard": Entry(sheet, who="hana", of_a_file=False),
    "worker_readings": Entry(entry_of_register, who="darius", in_region=True),
    "worker_copy": Entry(entry_of_register, who="darius", in_region=True),
    "worker_restrict": Entry(entry_of_register, who="darius", in_region=True),
    "worker_unrestrict": Entry(entry_of_register, who="darius", in_region=True),
    "worker": Entry(entry_of_register, who="darius", in_region=True),
    "worker_show": Entry(entry_of_register, who="darius", in_region=True),
    "worker_change": Entry(entry_of_register, who="darius", in_region=True),
    "worker_strike": Entry(entry_of_register, who="darius", in_region=True),
    "worker_restore": Entry(entry_of_register, who="darius", in_region=True),
    "vulnerability_place": Entry(lambda w: {"code": "61.07"}, who="dewi", in_region=True, of_a_file=False),
    "indicator_load": Entry(lambda w: {"pk": w.load.pk}, who="dewi", in_region=True, of_a_file=False),
    "indicator_move": Entry(lambda w: {"pk": w.load.pk}, who="dewi", in_region=True, of_a_file=False),
    "release": Entry(release, who="dewi", in_region=True, of_a_file=False, everywhere=True),
    "release_approve": Entry(release, who="dewi", in_region=True, of_a_file=False, everywhere=True),
    "release_publish": Entry(release, who="dewi", in_region=True, of_a_file=False, everywhere=True),
    "release_withdraw": Entry(release, who="dewi", in_region=True, of_a_file=False, everywhere=True),
    "release_drop": Entry(release, who="dewi", in_region=True, of_a_file=False, everywhere=True),
    "release_deliver": Entry(release, who="dewi", in_region=True, of_a_file=False, everywhere=True),
    "officer": Entry(lambda w: {"pk": w.rina.pk}, who="tono", in_region=True, of_a_file=False),
    "officer_begin_anew": Entry(lambda w: {"pk": w.rina.pk}, who="tono", in_region=True, of_a_file=False),
    "officer_end": Entry(lambda w: {"pk": w.rina.pk}, who="tono", in_region=True, of_a_file=False),
}
