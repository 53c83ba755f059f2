"""Makes linkage sets that nobody has looked at while building: simulated people of the package pseudopeople, with as many errors as wanted.

Usage: python pseudopeople_sets.py FOLDER [SEED] [NOISE]
NOISE multiplies the probability of every kind of error in a cell (1: as the package has them, up to a quarter of the cells each).
FOLDER gets the sets pseudopeople_census_to_ssa_s11, …_w2_to_ssa_s11 and …_tax1040_to_census_s11, named as the sector files in
bench/sets whose columns they have: sector.csv, reference.csv and truth.csv (sector_id, reference_id).
Then `npm run bench -- accuracy --data FOLDER`. Run it in a throw-away environment:
    python3 -m venv people-env && people-env/bin/pip install pseudopeople
"""

import os
import sys

try:
    import pandas as pd
    import pseudopeople as psp
except ImportError:
    sys.exit("pseudopeople is not installed for this Python")

DATASETS = {
    "census": ("decennial_census", psp.generate_decennial_census),
    "w2": ("taxes_w2_and_1099", psp.generate_taxes_w2_and_1099),
    "tax1040": ("taxes_1040", psp.generate_taxes_1040),
    "ssa": ("social_security", psp.generate_social_security),
}
PAIRS = [("census", "ssa"), ("w2", "ssa"), ("tax1040", "census")]
YEAR = 2030
MOST = 0.25
KEPT_BACK = ["simulant_id", "household_id", "copy_simulant_id", "spouse_copy_simulant_id"]


def noisier(dataset, noise):
    """The package's own probabilities of errors in cells, so many times as high."""
    columns = {}
    for column, kinds in psp.get_config()[dataset]["column_noise"].items():
        usual = {kind: says["cell_probability"] for kind, says in kinds.items() if isinstance(says.get("cell_probability"), float)}
        columns[column] = {kind: {"cell_probability": min(MOST, share * noise)} for kind, share in usual.items()}
    return {dataset: {"column_noise": {column: kinds for column, kinds in columns.items() if kinds}}}


def made(name, seed, noise):
    dataset, generate = DATASETS[name]
    rows = generate(seed=seed, year=YEAR, config=None if noise == 1 else noisier(dataset, noise), verbose=False)
    if name == "ssa":
        rows = rows[rows.event_type == "creation"]
    return rows.sample(frac=1, random_state=seed).reset_index(drop=True)


def numbered(rows, letter):
    rows.insert(0, "id", [f"{letter}{i:06d}" for i in range(len(rows))])
    return rows


def write(ours, theirs, seed, noise, folder):
    sector = numbered(made(ours, seed, noise), "S")
    reference = numbered(made(theirs, seed + 1000, noise).drop_duplicates("simulant_id"), "R")
    person = dict(zip(reference.simulant_id, reference.id))
    truth = pd.DataFrame({"sector_id": sector.id, "reference_id": sector.simulant_id.map(person)}).dropna()
    os.makedirs(folder, exist_ok=True)
    for rows, name in ((sector, "sector"), (reference, "reference")):
        rows.drop(columns=KEPT_BACK, errors="ignore").to_csv(f"{folder}/{name}.csv", index=False)
    truth.to_csv(f"{folder}/truth.csv", index=False)
    print(f"{folder}: {len(sector)} rows, {len(reference)} people, {len(truth)} pairs")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    target = sys.argv[1]
    seed, noise = (int(sys.argv[i]) if len(sys.argv) > i else usual for i, usual in ((2, 11), (3, 1)))
    for ours, theirs in PAIRS:
        write(ours, theirs, seed, noise, os.path.join(target, f"pseudopeople_{ours}_to_{theirs}_s11"))
