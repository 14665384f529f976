"""Description: the words beside a code of the set-up (docs/domain.md 2.10, 2.11).

This module must never know what is described.
"""

from scanner_app.errors import N_, RuleRefused

DESCRIPTION_LENGTH = 100


class DescriptionTooLong(RuleRefused):
    """The description does not fit its field."""

    message = N_("The Description has more than {length} characters.")
    way_out = N_("Shorten the Description.")
    field = "Description"


class DescriptionNotReadable(RuleRefused):
    """The description holds characters that nobody sees."""

    message = N_("The Description holds a character that cannot be printed or seen.")
    way_out = N_("Type the Description again.")
    field = "Description"


def read_description(typed: str) -> str:
    """Return a description without blanks around it.

    Raises:
        DescriptionTooLong, DescriptionNotReadable: for what is no description.
    """
    text = typed.strip()
    if not text.isprintable():
        raise DescriptionNotReadable
    if len(text) > DESCRIPTION_LENGTH:
        raise DescriptionTooLong(length=DESCRIPTION_LENGTH)
    return text
