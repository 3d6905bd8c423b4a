"""The class of every field: sealed, or declared plain. A field that is neither is a mistake."""

from simpul.confidentiality.fields import BlindIndexField, SealedField


def unclassified(model):
    """Names of fields of a model that are neither sealed nor declared plain."""
    plain = getattr(getattr(model, "Confidential", None), "plain", set())
    return sorted(
        field.name
        for field in model._meta.local_fields
        if field.name not in plain and not isinstance(field, (SealedField, BlindIndexField))
    )


def twice_classified(model):
    """Names of fields that are sealed and declared plain, or declared plain and do not exist."""
    plain = set(getattr(getattr(model, "Confidential", None), "plain", set()))
    sealed = {f.name for f in model._meta.local_fields if isinstance(f, (SealedField, BlindIndexField))}
    return sorted((plain & sealed) | (plain - {field.name for field in model._meta.local_fields}))
