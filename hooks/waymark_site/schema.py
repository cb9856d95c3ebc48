"""The JSON Schema of `services.yaml`, so that an editor completes and checks it as one types.

Derived from the model and from the questions: run `make schema` after changing either.
"""

import json
import sys
from pathlib import Path
from typing import Any

from quiz.vocabulary import Place
from waymark_site.registry import shape, yaml_lines

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs" / "schema" / "services.schema.json"
FACT_LISTS = {("ForWhom", "parties"): "focus", ("Area", "places"): "area", ("Referral", "who"): "referrer"}
"""Lists of words in the model that are the values of a fact."""


def schema(questions: dict[str, Any]) -> dict[str, Any]:
    """The schema, with the facts and values of `questions.yaml` (as plain data) filled in."""
    made = shape.json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Waymark registry"
    del made["properties"]["questions"]
    made["required"].remove("questions")
    things = made["$defs"]
    del things["About"]["properties"]["local"]
    for unused in ("Question", "Option", "Years", "Whose", "Local"):
        del things[unused]
    fill_in(things, {question["id"]: [option["value"] for option in question.get("options", [])]
                     for question in questions["questions"]})
    return made


def fill_in(things: dict[str, Any], values: dict[str, list[str]]) -> None:
    """Write into the definitions of things what only the questions know: each fact with its values."""
    for (thing, field), fact in FACT_LISTS.items():
        words = values[fact] + (list(Place) if fact == "area" else [])
        things[thing]["properties"][field]["items"] = {"type": "string", "enum": words}
    things["Price"]["properties"]["party"]["enum"] = values["focus"]
    things["Condition"] = _condition(values)
    for thing, field in (("Document", "when"), *(("Criterion", effect) for effect in
                                                 ("requires", "excludes", "ask_first", "condition"))):
        place = things[thing]["properties"][field]
        things[thing]["properties"][field] = {"$ref": "#/$defs/Condition", "description": place["description"]}


def _condition(values: dict[str, list[str]]) -> dict[str, Any]:
    here = {"$ref": "#/$defs/Condition"}
    years = {"anyOf": [{"type": "integer"}, {"type": "object", "additionalProperties": False, "minProperties": 1,
                                             "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}}}]}
    facts = {}
    for fact, words in values.items():
        word = {"type": "string", "enum": words}
        facts[fact] = {"anyOf": [word, {"type": "array", "items": word, "minItems": 1}]} if words else years
    return {"description": "A condition over the facts of a case.", "type": "object", "additionalProperties": False,
            "minProperties": 1,
            "properties": {"all": {"type": "array", "items": here, "minItems": 1},
                           "any": {"type": "array", "items": here, "minItems": 1}, "not": here, **facts}}


def text() -> str:
    """The schema as it stands in the file."""
    questions = yaml_lines.read(ROOT / "quiz" / "questions.yaml").data
    return json.dumps(schema(questions), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the schema beside the site's other files."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
