"""What goes wrong, as RFC 9457 says it: a status, a sentence for a person, what to do, and the law where one says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.policies.sheet import Unfit

MALFORMED = N_("Something in this call is missing or has another form than the description says.")
NO_TOKEN = N_("This needs a token that allows it. The one shown is unknown, has ended, or allows something else.")
TOO_OFTEN = N_("Too many calls in a short time. Nothing was done.")
MEDIA_TYPE = "application/problem+json"


class Problem(Schema):
    """`code` never changes and is for programs; the sentences are in the language of the call (Accept-Language)."""

    status: int
    code: str
    title: str
    remedy: str = ""
    law: str = ""
    fields: list[str] = []


class UnfitProblem(Problem):
    """`where` in what was sent, `what` is wrong, `why`, and what would do `instead`; empty where it could not be read at all."""

    where: str = ""
    what: str = ""
    why: str = ""
    instead: str = ""


# what any operation may answer beside its own
PROBLEMS: dict[Any, Any] = {frozenset({400, 404, 409, 422, 429, 503}): Problem}
GUARDED: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 422, 429, 503}): Problem}


def contents(described: Any) -> Iterator[dict[str, Any]]:
    """The `content` of every answer in a description."""
    for path in described["paths"].values():
        for operation in path.values():
            for answer in operation["responses"].values():
                if "content" in answer:
                    yield answer["content"]


class ProblemAPI(NinjaAPI):
    """Describes refusals under the media type that they have."""

    def get_openapi_schema(self, **how: Any) -> Any:
        described = super().get_openapi_schema(**how)
        for content in contents(described):
            if content["application/json"]["schema"].get("$ref", "").endswith("Problem"):
                content[MEDIA_TYPE] = content.pop("application/json")
        return described


def install(api: NinjaAPI) -> None:
    """Lets every refusal of this interface answer in the one shape."""

    def on(kind: type[Exception], tell: Callable[[Any], Problem]) -> None:
        def answer(request: HttpRequest, trouble: Any) -> HttpResponse:
            problem = tell(trouble)
            response = api.create_response(request, problem.dict(), status=problem.status)
            response["Content-Type"] = MEDIA_TYPE
            if isinstance(trouble, Throttled):
                response["Retry-After"] = str(int(trouble.wait or 0) + 1)
            if isinstance(trouble, Refused) and trouble.retry_after:
                response["Retry-After"] = str(trouble.retry_after)
            if problem.status == HTTPStatus.UNAUTHORIZED:
                response["WWW-Authenticate"] = "Bearer"
            return response

        api.add_exception_handler(kind, answer)

    on(Refused, _refused)
    on(Unfit, _unfit)
    on(ValidationError, _malformed)
    on(AuthenticationError, _unknown)
    on(Throttled, _too_often)
    on(HttpError, lambda trouble: Problem(status=trouble.status_code, code="malformed", title=trouble.message))


def _refused(refused: Refused) -> Problem:
    return Problem(
        status=refused.http,
        code=refused.code,
        title=_(refused.said),
        remedy=_(refused.remedy) if refused.remedy else "",
        law=_(refused.law) if refused.law else "",
    )


def _malformed(trouble: ValidationError) -> Problem:
    """Names the fields, never what stood in them."""
    fields = sorted({".".join(str(part) for part in error["loc"][1:]) for error in trouble.errors})
    return Problem(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        code="malformed",
        title=_(MALFORMED),
        remedy=_("Compare the fields named here with the description of the interface."),
        fields=[field for field in fields if field],
    )


def _unfit(unfit: Unfit) -> Problem:
    """Only the caller reads it: what stood there may be repeated."""
    return UnfitProblem(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        code="unfit",
        title=_(MALFORMED),
        remedy=_("Compare the fields named here with the description of the interface."),
        fields=[unfit.where],
        where=unfit.where,
        what=unfit.what,
        why=unfit.why,
        instead=unfit.instead,
    )


def _unknown(_trouble: AuthenticationError) -> Problem:
    return Problem(
        status=HTTPStatus.UNAUTHORIZED,
        code="no-token",
        title=_(NO_TOKEN),
        remedy=_("The administrator of accounts issues tokens."),
    )


def _too_often(_trouble: Throttled) -> Problem:
    return Problem(
        status=HTTPStatus.TOO_MANY_REQUESTS,
        code="too-often",
        title=_(TOO_OFTEN),
        remedy=_("Call again after the seconds that Retry-After says."),
    )
