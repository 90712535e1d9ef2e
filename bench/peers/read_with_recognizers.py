"""Reads a Chinese text with Microsoft Recognizers-Text: numbers, ordinals, percentages, currency and dimensions.

usage: read_with_recognizers.py FILE [REPETITIONS]

Prints one JSON object: per line of the file the values found (numbers in base units, from the number and the percentage
model), and the processor's seconds of each repetition without start-up. Models are built before the clock starts.
"""
import json
import sys
import time
from decimal import Decimal

from recognizers_number import NumberRecognizer
from recognizers_number_with_unit import NumberWithUnitRecognizer
from recognizers_text import Culture

numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
MODELS = {
    "number": numbers.get_number_model(),
    "ordinal": numbers.get_ordinal_model(),
    "percentage": numbers.get_percentage_model(),
    "currency": units.get_currency_model(),
    "dimension": units.get_dimension_model(),
}


def plain(text):
    try:
        return format(Decimal(str(text).rstrip("%")).normalize(), "f")
    except Exception:
        return None


def main():
    lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    timed = {"number": [], "all": []}
    for _ in range(repetitions):
        values, start = [], time.process_time()
        spent = 0.0
        for line in lines:
            found = []
            for name, model in MODELS.items():
                before = time.process_time()
                results = model.parse(line)
                if name == "number":
                    spent += time.process_time() - before
                if name in ("number", "percentage"):
                    found += [plain((result.resolution or {}).get("value")) for result in results]
            values.append(sorted({value for value in found if value is not None}))
        timed["all"].append(time.process_time() - start)
        timed["number"].append(spent)
    json.dump({"values": values, "seconds": timed}, sys.stdout, ensure_ascii=False)


main()
