"""What is said to an officer about a cell that cannot be read: what is wrong, and what to write."""

from django.utils.translation import gettext as _


def say(problem, text, **facts):
    """The sentence for a problem by its code."""
    return _sentences()[problem] % {"text": text, **facts}


def _sentences():
    return {
        "not_a_date": _("'%(text)s' is not a date. Write day-month-year, as in 07-08-2025."),
        "impossible": _("'%(text)s' is not a date: there is no such day. Write day-month-year, as in 07-08-2025."),
        "future": _("'%(text)s' lies in the future. Write the right day, as in 07-08-1990."),
        "too_old": _("'%(text)s' is more than 110 years ago. Write the right day, as in 07-08-1990."),
        "two_ways": _("'%(text)s' can mean two days. Choose one, or write the month as a word, as in 7 Agustus 1990."),
        "name_missing": _("The name is missing. Write the name, or say that this row is no person."),
        "name_digits": _("'%(text)s' holds digits and cannot be a name. Write only the name."),
        "name_letters": _("'%(text)s' is not a name. Write the name in letters."),
        "nik_exponent": _(
            "'%(text)s' has lost digits of the number. Write all 16 digits; format the cell as text first."
        ),
        "nik_letters": _("'%(text)s' is not a NIK. Write its 16 digits."),
        "nik_zero": _("'%(text)s' has 15 digits; a zero may have been lost. Write all 16 digits."),
        "nik_length": _("'%(text)s' is not a NIK: it has not 16 digits. Write all 16 digits."),
        "nik_none": _("'%(text)s' has 16 digits but is not a NIK. Write the NIK as it stands on the card."),
        "nik_date": _("'%(text)s' is not a NIK: its digits 7 to 12 are no day of birth. Write the NIK as on the card."),
        "nik_place": _("'%(text)s' is not a NIK: its first six digits are no district. Write the NIK as on the card."),
        "nik_cut": _(
            "'%(text)s' ends in 0 as every NIK of this column: the program cut the last digit. Write all 16 digits."
        ),
        "nik_cut_perhaps": _("'%(text)s' was kept as a number and ends in 0: the program may have cut the last digit."),
        "family_card": _("'%(text)s' is not the number of a family card. Write its 16 digits."),
        "document": _("'%(text)s' is not the number of a travel document. Write letters and digits, as in C1234567."),
        "phone": _("'%(text)s' is not a telephone number. Write its digits, as in 0812 3456 7890."),
        "sex": _("'%(text)s' is not a sex. Write L or P."),
        "sex_two": _("Both L and P are marked. Mark one of them."),
        "sex_contradicts": _("'%(text)s' contradicts the section '%(section)s' it stands in. Check which is right."),
        "age": _("'%(text)s' is not an age. Write the age in full years, as in 35."),
        "age_range": _("'%(text)s' cannot be an age: nobody is that old. Write the age in full years, as in 35."),
        "year": _("'%(text)s' is not a year of birth. Write it with four digits, as in 1990."),
        "no_term": _("'%(text)s' is not known in this column. Choose what it means."),
        "two_terms": _("'%(text)s' can mean more than one thing. Choose which counts."),
        "formula": _("'%(text)s' is the error of a formula. Write the value itself."),
        "tick": _("'%(text)s' is not a tick. Mark the cell with v, or leave it empty."),
        "same_above": _("'%(text)s' means as above, and there is nothing above. Write it out."),
        "age_birth": _("The age %(age)s contradicts the day of birth %(text)s: that would be %(counted)s. Check both."),
        "nik_birth": _("The NIK tells the day of birth %(told)s, the list says %(text)s. Check both."),
        "nik_sex": _("The NIK is that of a %(told)s, the list says %(text)s. Check both."),
        "nik_region": _(
            "The NIK was given out in %(told)s, the list says %(text)s. That can be after a move; check it."
        ),
        "twice_nik": _("The same NIK stands in row %(other)s. Check whether this is the same person twice."),
        "twice_document": _(
            "The same travel document stands in row %(other)s. Check whether this is the same person twice."
        ),
        "twice_name": _("The same name and birth stand in row %(other)s. Check whether this is the same person twice."),
        "swapped": _(
            "The program that made this sheet took days for months: '%(text)s' may be %(told)s. Choose the day."
        ),
        "region_section": _("'%(text)s' contradicts the section '%(section)s' it stands in. Check which is right."),
        "column_unknown": _("Nobody could tell what the column '%(text)s' holds. Choose what it is, or leave it out."),
        "column_lies": _(
            "The column is called '%(text)s' but holds something else. Choose what it is, or leave it out."
        ),
        "column_names": _("No column holds the names. Choose which one does."),
        "column_twice": _("The column '%(text)s' says the same as '%(other)s'. Choose what it is, or leave it out."),
    }
