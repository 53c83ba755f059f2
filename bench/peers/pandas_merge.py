"""The exact part of a reconciliation as one would write it with pandas: a left merge on the number, written as CSV.

usage: pandas_merge.py EXTRACT REFERENCE OUT
"""

import sys

import pandas

extract_path, reference_path, out_path = sys.argv[1:4]
extract = pandas.read_csv(extract_path, dtype=str, keep_default_na=False)
reference = pandas.read_csv(
    reference_path, dtype=str, keep_default_na=False, usecols=["id", "name", "born", "sex"]
)
joined = extract.merge(reference, how="left", left_on="so_giay_to", right_on="id")
joined.to_csv(out_path, index=False)
print(int(joined["id"].notna().sum()))
