"""How does the trial language write numbers? Otherwise than any code may take for granted."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "’"
NUMBER_GROUPING = 3
