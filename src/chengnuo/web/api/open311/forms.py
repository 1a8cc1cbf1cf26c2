"""The two forms of Open311: JSON, and XML with the element names of its specification."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, tostring

from django.http import HttpRequest
from ninja.renderers import JSONRenderer

# what one thing of a list is called; the whole is named by the last part of the address
ONE = {"services": "service", "requests": "request", "service_requests": "request", "errors": "error"}


class ByAddress(JSONRenderer):
    """JSON for addresses that end in .json, XML for those that end in .xml."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        if not request.path.endswith(".xml"):
            return super().render(request, data, response_status=response_status)
        plain = json.loads(json.dumps(data, cls=self.encoder_class))
        return tostring(_element(_whole(request, response_status), plain), encoding="utf-8", xml_declaration=True)


def _whole(request: HttpRequest, status: int) -> str:
    if status >= 400:  # noqa: PLR2004  # where errors begin
        return "errors"
    kind = request.path.rstrip("/").split("/")[3].partition(".")[0]
    return {"requests": "service_requests", "discovery": "discovery"}.get(kind, kind)


def _element(name: str, said: Any) -> Element:
    element = Element(name)
    if isinstance(said, dict):
        for key, value in said.items():
            element.append(_element(key, value))
    elif isinstance(said, list):
        for each in said:
            element.append(_element(ONE.get(name, "value"), each))
    elif said is not None:
        element.text = str(said).lower() if isinstance(said, bool) else str(said)
    return element
