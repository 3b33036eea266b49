"""What does a browser hear about an answer that is for one reader only?"""

from django.http import HttpResponse


def uncached(answer: HttpResponse) -> HttpResponse:
    """Keep an answer out of every cache."""
    answer["Cache-Control"] = "no-store, private"
    return answer


def in_confidence(answer: HttpResponse) -> HttpResponse:
    """Keep an address that is a key out of caches, search engines and other people's logs."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return uncached(answer)


def to_keep(answer: HttpResponse, name: str) -> HttpResponse:
    """Hand an answer out as a file to keep; `name` is ours, never what people typed."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return uncached(answer)
