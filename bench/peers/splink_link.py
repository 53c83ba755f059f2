"""Links two CSV files with Splink 4 as its documentation recommends, untuned, and prints one JSON object.

Usage: python splink_link.py [--u-pairs N] OURS.csv REFERENCE.csv LINKS.csv COLUMN=KIND...
N random pairs tell how often strangers agree (`max_pairs` of estimate_u_using_random_sampling). Its documentation: "at least 1e9 gives
best results", "1e7 is often adequate whilst testing different model specifications, before the final model is estimated", and 1e8 in
its example; 1e8 unless said. No seed is set: the documentation says that one costs time.
Both files have a column `id` and the columns named; KIND is name, date, id, place or code; pairs of names, dates and places are
the blocking rules, as in Splink's own examples. LINKS.csv gets id_ours,id_reference,probability of the best reference record of each row. Run it in a throw-away environment:
    python3 -m venv splink-env && splink-env/bin/pip install 'splink>=4,<5' pyarrow
"""

import argparse
import json
import resource
import sys
import time

try:
    import duckdb
    import pyarrow  # noqa: F401 (tables are handed over as Arrow)
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
except ImportError:
    print(json.dumps({"skipped": "splink (4.x) with duckdb and pyarrow is not installed for this Python"}))
    sys.exit(0)

COMPARISONS = {
    "name": lambda c: cl.JaroWinklerAtThresholds(c).configure(term_frequency_adjustments=True),
    "date": lambda c: cl.DateOfBirthComparison(c, input_is_string=True),
    "id": lambda c: cl.DamerauLevenshteinAtThresholds(c, [1, 2]),
    "place": lambda c: cl.ExactMatch(c).configure(term_frequency_adjustments=True),
    "code": lambda c: cl.ExactMatch(c).configure(term_frequency_adjustments=True),
}


def main(ours, reference, links, columns, u_pairs):
    kinds = dict(column.split("=") for column in columns)
    telling = [c for c, kind in kinds.items() if kind in ("name", "date", "place")]
    rules = [block_on(c) for c, kind in kinds.items() if kind == "id"]
    rules += [block_on(a, b) for i, a in enumerate(telling) for b in telling[i + 1 :]]
    connection = duckdb.connect()
    start = time.perf_counter()
    tables = []
    for i, path in enumerate((ours, reference)):
        cells = ", ".join(f"nullif({c}, '') AS {c}" for c in kinds)
        connection.execute(f"CREATE TABLE t{i} AS SELECT id AS unique_id, {cells} FROM read_csv('{path}', all_varchar = true)")
        tables.append(connection.table(f"t{i}").to_arrow_table())
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[COMPARISONS[kind](c) for c, kind in kinds.items()],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(tables, settings, db_api=DuckDBAPI(connection=connection), input_table_aliases=["ours", "reference"])
    linker.training.estimate_probability_two_random_records_match(rules, recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=u_pairs)
    for rule in rules[:3]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01)
    pairs = connection.execute(f"SELECT count(*) FROM {found.physical_name}").fetchone()[0]
    connection.execute(
        f"""COPY (SELECT unique_id_l AS id_ours, arg_max(unique_id_r, match_probability) AS id_reference,
        max(match_probability) AS probability FROM {found.physical_name} GROUP BY 1) TO '{links}' (HEADER true)"""
    )
    seconds = time.perf_counter() - start
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": round(seconds, 2), "pairs": pairs, "peak_rss_bytes": rss}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--u-pairs", type=float, default=1e8)
    for name in ("ours", "reference", "links"):
        parser.add_argument(name)
    parser.add_argument("columns", nargs="+", metavar="COLUMN=KIND")
    given = parser.parse_args()
    main(given.ours, given.reference, given.links, given.columns, given.u_pairs)
