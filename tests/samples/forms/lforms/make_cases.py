#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes random forms with answers and records what LHC-Forms, a program nobody here wrote, enables.

    npm pack lforms@40.1.3 && tar xzf lforms-40.1.3.tgz && npm install jsdom@26.1.0
    LFORMS_DIST=package/dist/lforms tests/samples/forms/lforms/make_cases.py ORACLE.mjs > cases.ndjson

ORACLE.mjs reads {"questionnaire","answers":[{"linkId","value"}]} a line and prints {"enabled":[linkId]} a line.
Left out because LHC-Forms knowingly differs from the text of R4: "!=", and comparisons of dates and times.
"""
import json
import random
import subprocess
import sys
import tempfile

random.seed(20261122)
CASES = 80
OPTIONS = [{"valueCoding": {"system": "urn:x", "code": c, "display": c.upper()}} for c in "abc"]
VALUES = {
    "boolean": ("Boolean", lambda: random.random() < 0.5),
    "integer": ("Integer", lambda: random.randint(0, 4)),
    "decimal": ("Decimal", lambda: random.choice([0.5, 1.5, 2.5])),
    "string": ("String", lambda: random.choice(["x", "y"])),
    "choice": ("Coding", lambda: {"system": "urn:x", "code": random.choice("abc")}),
}


class Form:
    def __init__(self):
        self.count, self.asked, self.answers = 0, [], {}
        self.items = [self.item(0) for _ in range(random.randint(3, 7))]

    def condition(self):
        source, kind = random.choice(self.asked)
        operators = ["exists", "=", "="] + ([">", "<", ">=", "<="] if kind in ("integer", "decimal") else [])
        operator = random.choice(operators)
        if operator == "exists":
            return {"question": source, "operator": operator, "answerBoolean": random.random() < 0.5}
        name, value = VALUES[kind]
        return {"question": source, "operator": operator, "answer" + name: value()}

    def item(self, depth):
        self.count += 1
        link_id = f"i{self.count}"
        kinds = list(VALUES) + ["choice"] + (["group", "group"] if depth < 3 else [])
        item = {"linkId": link_id, "text": "T", "type": random.choice(kinds)}
        if self.asked and random.random() < 0.5:
            item["enableWhen"] = [self.condition() for _ in range(random.choice([1, 1, 2, 3]))]
            if len(item["enableWhen"]) > 1:
                item["enableBehavior"] = random.choice(["all", "any"])
        if item["type"] == "group":
            item["item"] = [self.item(depth + 1) for _ in range(random.randint(1, 3))]
            return item
        if item["type"] == "choice":
            item["answerOption"] = OPTIONS
        self.asked.append((link_id, item["type"]))
        if random.random() < 0.75:
            self.answers[link_id] = (VALUES[item["type"]][0], VALUES[item["type"]][1]())
        if depth < 2 and random.random() < 0.25:
            item["item"] = [self.item(depth + 1) for _ in range(random.randint(1, 2))]
        return item

    def response(self, items):
        filled = []
        for item in items:
            below = self.response(item.get("item", []))
            answer = {}
            if item["linkId"] in self.answers:
                name, value = self.answers[item["linkId"]]
                answer["value" + name] = value
            if item["type"] == "group":
                if below:
                    filled.append({"linkId": item["linkId"], "item": below})
            elif answer or below:
                filled.append({"linkId": item["linkId"], "answer": [answer | ({"item": below} if below else {})]})
        return filled


forms = [Form() for _ in range(CASES)]
with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as asked:
    for form in forms:
        questionnaire = {"resourceType": "Questionnaire", "status": "active", "title": "T", "item": form.items}
        answers = [{"linkId": link_id, "value": value} for link_id, (_, value) in form.answers.items()]
        asked.write(json.dumps({"questionnaire": questionnaire, "answers": answers}) + "\n")
    asked.flush()
    told = subprocess.run(["node", sys.argv[1], "--cases", asked.name], capture_output=True, text=True, check=True).stdout
for form, line in zip(forms, [line for line in told.split("\n") if line.startswith("{")], strict=True):
    print(json.dumps({
        "questionnaire": {"resourceType": "Questionnaire", "status": "active", "item": form.items},
        "response": {"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": form.response(form.items)},
        "enabled": sorted(json.loads(line)["enabled"]),
    }, separators=(",", ":")))
