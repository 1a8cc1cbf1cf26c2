"""The two forms of Open311: JSON, and XML with the element names of its specification."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, tostring

from django.http import HttpRequest
from ninja.renderers import JSONRenderer

# what one thing of a list is called
ONE = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_requests": "request",
    "services": "service",
}


class ByAddress(JSONRenderer):
    """JSON for addresses that end in .json, XML for those that end in .xml."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:
        if not request.path.endswith(".xml"):
            return super().render(request, data, response_status=response_status)
        plain = json.loads(json.dumps(data, cls=self.encoder_class))
        return tostring(_element(_whole(request, response_status), plain), encoding="utf-8", xml_declaration=True)


def _whole(request: HttpRequest, status: int) -> str:
    """What the whole is called, by what the address asks for."""
    if status >= 400:  # noqa: PLR2004  # where errors begin
        return "errors"
    kind, *one = (part.partition(".")[0] for part in request.path.split("/")[3:])
    if kind == "services" and one:
        return "service_definition"
    return "service_requests" if kind == "requests" else kind


def _element(name: str, said: Any) -> Element:
    element = Element(name)
    if isinstance(said, dict):
        for key, value in said.items():
            element.append(_element(key, value))
    elif isinstance(said, list):
        for each in said:
            element.append(_element(ONE[name], each))
    elif said is not None:
        element.text = str(said).lower() if isinstance(said, bool) else str(said)
    return element
