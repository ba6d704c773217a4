"""Splink on DuckDB, trained by expectation maximisation on the lists themselves; with other columns where there are."""

from __future__ import annotations

import logging
import re
import sys

import duckdb
import pandas as pd
import splink.comparison_library as cl
from pairs_io import Rows, read_sides
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_FORMS = re.compile(
    r"\b(inc|incorporated|llc|ltd|limited|corp|corporation|co|company|plc|llp|gmbh|ag|kg|sa|sas|sarl|srl|spa|sl|bv|nv|ab"
    r"|aps|as|oy|pty|pvt|ltda|kk|kabushiki|kaisha)\b"
)
_COLUMNS = ("city", "postcode", "street", "address", "phone", "website", "email", "account_number")


def _frame(rows: Rows, columns: list[str], start: int) -> pd.DataFrame:
    table = []
    for row in rows:
        words = re.sub(r"[^\w ]+", " ", row["name"].lower()).split()
        name = " ".join(words)
        bare = " ".join(_FORMS.sub(" ", name).split()) or name
        first, *rest = bare.split() or [name or row["id"]]
        table.append(
            {
                "unique_id": row["id"],
                "name": name or None,
                "bare": bare or None,
                "first_word": first,
                "rest": " ".join(rest) or None,
                "second_word": rest[0] if rest else None,
                "tokens": [word for word in bare.split() if len(word) > 2],
                "start": bare[:start] or None,
                **{column: (row.get(column) or "").lower() or None for column in columns},
            }
        )
    return pd.DataFrame(table)


def main() -> None:
    """Link, and write every pair that is not hopeless."""
    left, right = read_sides()
    columns = [column for column in _COLUMNS if column in left[0] and column in right[0]]
    long = len(left) > 200_000
    comparisons = [
        cl.JaroWinklerAtThresholds("bare", [0.97, 0.93, 0.88, 0.8]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("first_word", [0.92]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("rest", [0.9, 0.75]).configure(term_frequency_adjustments=True),
        *(cl.ExactMatch(column).configure(term_frequency_adjustments=True) for column in columns),
    ]
    # Tight blocking, for with the loose one 100,000 names take 16 GB. Of a million names on each side, 189 million
    # pairs agree in the first six letters and six million in the first twelve.
    rules = [block_on("first_word", "second_word"), block_on("start"), block_on("bare")]
    if len(left) <= 20_000:
        rules += [block_on("tokens", arrays_to_explode=["tokens"]), block_on("substr(bare, 1, 4)")]
        rules += [block_on(column) for column in columns if column != "city"]
    settings = SettingsCreator(
        link_type="link_only", comparisons=comparisons, blocking_rules_to_generate_predictions=rules
    )
    connection = duckdb.connect()
    # Splink writes lambdas with the arrow that DuckDB 2.0 no longer takes unless told to.
    connection.execute("SET lambda_syntax='ENABLE_SINGLE_ARROW'")
    api = DuckDBAPI(connection)
    frames = [
        api.register(_frame(rows, columns, 12 if long else 6), table_name=name)
        for rows, name in ((left, "a"), (right, "b"))
    ]
    linker = Linker(frames, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("bare")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    first = block_on("first_word", "second_word") if long else block_on("first_word")
    for rule in (first, block_on("rest", "start"), *(block_on(column) for column in columns[:1])):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        except Exception as error:  # noqa: BLE001 - Splink raises many kinds where a rule gives no pairs
            print(f"splink: {error}", file=sys.stderr)
    predicted = linker.inference.predict(threshold_match_probability=0.01)
    connection.execute(
        f"COPY (SELECT CASE WHEN source_dataset_l = 'a' THEN unique_id_l ELSE unique_id_r END AS left_id,"
        f" CASE WHEN source_dataset_l = 'a' THEN unique_id_r ELSE unique_id_l END AS right_id,"
        f" match_probability AS score FROM {predicted.physical_name}) TO '{sys.argv[3]}' (HEADER, DELIMITER ',')"
    )


if __name__ == "__main__":
    logging.disable(logging.INFO)
    main()
