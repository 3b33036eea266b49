"""How is a file that is far too large turned away before it fills a disk or a memory?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

MARK = "upload_was_too_large"


class WithinLimit(FileUploadHandler):
    """Counts what arrives of a file, and lets the rest pass by unread once it is too much."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.seen = 0

    def new_file(self, *arguments: Any, **options: Any) -> None:
        super().new_file(*arguments, **options)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        self.seen += len(raw_data)
        if self.seen > self.most:
            setattr(self.request, MARK, True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None


def was_too_large(request: HttpRequest) -> bool:
    return getattr(request, MARK, False)


def with_files_up_to(
    most: int,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a view take files of so many bytes; `was_too_large` tells it of one that had more.

    The form token is read from the body, so it is asked for only after the limit stands.
    """

    def limit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def limited(request: HttpRequest, *arguments: Any, **keys: Any) -> HttpResponse:
            request.upload_handlers = [WithinLimit(request, most), *request.upload_handlers]
            return protected(request, *arguments, **keys)

        return limited

    return limit
