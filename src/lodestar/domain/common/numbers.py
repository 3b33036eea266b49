"""How does a number read that may have a fraction?"""

from decimal import Decimal

from django.utils.formats import number_format


def in_digits(number: Decimal | float) -> str:
    """Return 30 rather than 30.00, and 2.5 with the decimal sign of the reader."""
    return str(number_format(f"{number:g}", use_l10n=True))
