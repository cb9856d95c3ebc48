"""The description of the JSON API, for programs: an OpenAPI 3.1 document with the schema of every file.

The schemas come from `quiz.model` and from the questions, as the JSON Schema of `services.yaml` does. That one says what
may be written; these say what is read, so every field is always there, and more may be added to come.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pydantic

from quiz.model import Registry
from waymark_site import schema
from waymark_site.opendata import api
from waymark_site.opendata.api import IN_FULL, PROMISE, SERVICE, ClosedList, File, ServiceInBrief
from waymark_site.site import Site

PLACE = api.FOLDER + "openapi.json"

COMPONENTS = "#/components/schemas/"


def files(site: Site, address: str) -> Iterator[tuple[str, str]]:
    """The description by its place on the site, which stands at `address`."""
    yield PLACE, json.dumps(document(site, address), indent=1, ensure_ascii=False) + "\n"


def document(site: Site, address: str) -> dict[str, Any]:
    """The description as plain data."""
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Waymark registry", "version": api.CHANGES[0].version,
            "summary": "Services around domestic abuse: for whom, where, at what price, and where each fact is printed.",
            "description": "Static files, made from one registry with each build. No key is needed and nothing is counted. "
                           "What no document prints is null or an empty list, and its topic stands in `not_printed`: it "
                           "is never nought and never means free. Show the source and its date with each fact.\n\n"
                           + "\n".join(f"- {line}" for line in PROMISE),
            "license": {"name": "Creative Commons Attribution 4.0 International", "identifier": api.LICENCE}},
        "externalDocs": {"description": "How to use it", "url": f"{address}data/"},
        "servers": [{"url": f"{address}{api.FOLDER}".rstrip("/")}],
        "paths": {f"/{file.place}": {"get": _operation(site, file)} for file in api.described()},
        "components": {"schemas": schemas(site.registry)}}


def schemas(registry: Registry) -> dict[str, Any]:
    """The schema of every type of the data."""
    things = json.loads(_definitions())
    absent = [(thing, name) for thing, made in things.items() for name, field in made.get("properties", {}).items()
              if "default" in field and field["default"] is None]
    schema.fill_in(things, {question.id: [option.value for option in question.options] for question in registry.questions})
    for thing, name in absent:
        _may_be_null(things[thing]["properties"], name)
    made = {name: _as_read(thing) for name, thing in sorted(things.items())}
    service = made["Service"]
    made[IN_FULL] = service | {
        "title": IN_FULL, "properties": service["properties"] | {"standing": {"$ref": COMPONENTS + "Standing"}},
        "required": [*service["required"], "standing"]}
    return made


@cache
def _definitions() -> str:
    """The types as pydantic describes them, which takes most of the time and never changes."""
    adapters = [(kind, "validation", pydantic.TypeAdapter(kind)) for kind in (Registry, ServiceInBrief, ClosedList)]
    return json.dumps(pydantic.TypeAdapter.json_schemas(adapters)[1]["$defs"])


def _may_be_null(properties: dict[str, Any], name: str) -> None:
    """What may be left out of `services.yaml` is null here."""
    field = properties[name]
    if {"type": "null"} not in field.get("anyOf", ()):
        about = {"description": field["description"]} if "description" in field else {}
        properties[name] = {"anyOf": [{key: value for key, value in field.items() if key != "description"}, {"type": "null"}]} | about


def _as_read(thing: Any) -> Any:
    """A schema of what may be written, as one of what is read: every field is there, and others may come."""
    if isinstance(thing, list):
        return [_as_read(item) for item in thing]
    if not isinstance(thing, dict):
        return thing
    made = {key: _as_read(value) for key, value in thing.items() if key not in ("default", "additionalProperties")
            or key == "additionalProperties" and value is not False}
    if isinstance(thing.get("$ref"), str):
        made["$ref"] = thing["$ref"].replace("#/$defs/", COMPONENTS)
    if made.get("title") and isinstance(made.get("properties"), dict):
        made["required"] = list(made["properties"])
    return made


def _operation(site: Site, file: File) -> dict[str, Any]:
    name = file.place.removesuffix(".json").replace("/{id}", "/one").replace("/", "-")
    made: dict[str, Any] = {
        "operationId": name, "summary": file.says, "security": [],
        "responses": {"200": {"description": file.says, "content": {"application/json": {"schema": _envelope(file)}}},
                      "404": {"description": "There is no such file. The host answers with its page for people.",
                              "content": {"text/html": {"schema": {"type": "string"}}}}}}
    if file.place == SERVICE:
        made["parameters"] = [{"name": "id", "in": "path", "required": True, "example": site.registry.services[0].id,
                               "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                               "description": "The id of a service, as in the list of services."}]
    return made


def _envelope(file: File) -> dict[str, Any]:
    one = {"$ref": COMPONENTS + file.holds}
    fields = {
        "schema_version": ("string", "The version of the shape of the data.", api.CHANGES[0].version),
        "generated_at": ("string", "The day the registry was last changed. The same registry gives the same files.", None),
        "registry_version": ("string", "The version of the registry.", None),
        "licence": ("string", "The licence of the data, by its SPDX name.", api.LICENCE),
        "total": ("integer", "How many things the result holds.", None)}
    properties = {name: {"type": kind, "description": says} | ({"const": value} if value else {})
                  for name, (kind, says, value) in fields.items()}
    properties["generated_at"]["format"] = "date"
    properties["total"]["minimum"] = 0
    properties["result"] = {"type": "array", "items": one} if file.many else one
    return {"type": "object", "properties": properties, "required": list(properties)}
