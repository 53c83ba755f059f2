import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { COMPARATORS } from '../matchers/field-levels.js';
import { nameSimilarity } from '../matchers/name-similarity.js';
import { personNameMatcher } from '../matchers/person-name.js';
import { dice } from '../matchers/string-dice.js';
import { editDistance, foldText, jaroWinkler } from '../matchers/string-distance.js';
import { UserError } from '../messages/user-error.js';
import { round } from './measure.js';

/**
 * `npm run bench -- dice --data FOLDER [--json]`: what string-similarity's Dice is worth beside the comparisons in use, on name pairs
 * with a yes or no (opensanctions_name_bench). `auc`: how often a true pair scores above a false one, ties half;
 * `f1`: the best that any threshold gives, which a run could not know.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const path = join(values.data ?? '', 'opensanctions_name_bench', 'pairs.csv');
  if (!existsSync(path)) throw noPairs(path);
  const pairs = readPairs(path);
  const figures = ['Person', 'Organization'].flatMap((kind) => {
    const own = pairs.filter((pair) => (pair.kind === 'Person') === (kind === 'Person'));
    return Object.entries(SCORES).map(([score, of]) => ({
      kind,
      pairs: own.length,
      score,
      ...judged(own, of),
    }));
  });
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else console.table(figures);
}

interface NamePair {
  readonly kind: string;
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
}

type Score = (a: string, b: string) => number;

const folded =
  (score: Score): Score =>
  (a, b) =>
    score(foldText(a), foldText(b));

const edited: Score = (a, b) => 1 - editDistance(a, b, 64) / Math.max(a.length, b.length, 1);

const levelOf = (name: 'full-name' | 'text'): Score => {
  const { compare } = COMPARATORS[name];
  return (a, b) => -compare(a, b);
};

const SCORES: Readonly<Record<string, Score>> = {
  dice: folded(dice),
  'edit distance': folded(edited),
  'Jaro–Winkler': folded(jaroWinkler),
  'the better of Dice and edit distance': folded((a, b) => Math.max(dice(a, b), edited(a, b))),
  'levels of full names': levelOf('full-name'),
  'levels of texts': levelOf('text'),
  'levels of texts, then Dice': (a, b) => levelOf('text')(a, b) + folded(dice)(a, b) / 2,
  'similarity of names (with Dice)': nameSimilarity,
  'levels of the name matcher (with Dice)': (a, b) => -personNameMatcher.compare(a, b),
};

function judged(pairs: readonly NamePair[], score: Score): { auc: number; f1: number } {
  const scored = pairs.map(({ a, b, same }) => ({ score: score(a, b), same }));
  scored.sort((x, y) => y.score - x.score);
  const [right, wrong] = [true, false].map((same) => scored.filter((one) => one.same === same));
  let above = 0;
  for (const one of right!) {
    for (const other of wrong!) above += one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0;
  }
  let [found, best] = [0, 0];
  scored.forEach(({ same, score: own }, i) => {
    if (same) found++;
    if (scored[i + 1]?.score !== own) best = Math.max(best, (2 * found) / (i + 1 + right!.length));
  });
  return { auc: round(above / Math.max(1, right!.length * wrong!.length), 3), f1: round(best, 3) };
}

/** Names in quotes may hold commas; other columns are left alone. */
function readPairs(path: string): NamePair[] {
  const [header = [], ...rows] = readFileSync(path, 'utf8').trim().split('\n').map(cellsOf);
  const at = (row: readonly string[], name: string) => row[header.indexOf(name)] ?? '';
  return rows.map((row) => ({
    kind: at(row, 'schema'),
    a: at(row, 'name1'),
    b: at(row, 'name2'),
    same: at(row, 'is_match') === 'true',
  }));
}

function cellsOf(line: string): string[] {
  return [...line.replace(/\r$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

function noPairs(path: string): UserError {
  return new UserError({
    what: { vi: 'Không có tệp các cặp tên.', en: 'The file of name pairs is not there.' },
    where: path,
    mend: {
      vi: 'Hãy ghi --data THƯ-MỤC; trong đó có opensanctions_name_bench/pairs.csv.',
      en: 'Give --data FOLDER; it holds opensanctions_name_bench/pairs.csv.',
    },
  });
}
