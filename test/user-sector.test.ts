import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietContext } from '../pipeline/context.js';
import { type Evaluation, evaluate } from '../pipeline/evaluate.js';
import { type CsvRow, NOW, readRows, type Workspace, workspace } from './flow.js';

const ROOT = join(import.meta.dirname, '..');
const EXAMPLES = join(ROOT, 'docs/examples');

/** Public collections with truth; where they are not there, these tests are skipped. */
const DATA = join(ROOT, '../shared/data/linkage');

interface Collection {
  readonly folder: string;
  readonly example: string;
  readonly id: string;
  readonly rows: number;
  /** Share of the records whose number alone finds the right person. */
  readonly byNumber: number;
}

const COLLECTIONS: readonly Collection[] = [
  { folder: 'opencr_uganda', example: 'opencr-uganda', id: 'nin', rows: 1000, byNumber: 0.94 },
  { folder: 'febrl4', example: 'febrl4', id: 'soc_sec_id', rows: 5000, byNumber: 0.91 },
];

let flow: Workspace;

beforeAll(() => {
  flow = workspace();
});

afterAll(() => flow.remove());

describe.each(COLLECTIONS)('a sector of the user: $example', ({ folder, example, id, rows, byNumber }) => {
  const there = existsSync(join(DATA, folder, 'truth.csv'));
  let results: CsvRow[];
  let truth: ReadonlyMap<string, string>;
  let score: Evaluation;

  beforeAll(async () => {
    if (!there) return;
    for (const name of ['sector.yaml', 'job.yaml']) {
      flow.put(`${example}/${name}`, readFileSync(join(EXAMPLES, example, name)));
    }
    for (const name of ['sector.csv', 'reference.csv', 'truth.csv']) {
      flow.put(`${example}/${name}`, readFileSync(join(DATA, folder, name)));
    }
    const run = await flow.run(`${example}/job.yaml`, { revealIds: true });
    results = await readRows(join(run.folder, 'results.csv'));
    const answers = await readRows(join(DATA, folder, 'truth.csv'));
    truth = new Map(answers.map((row) => [row.sector_id!, row.reference_id!]));
    const context = quietContext({ clock: () => NOW, workspace: join(flow.folder, '.doisoat') });
    score = await evaluate(run.folder, join(flow.folder, example, 'truth.csv'), context);
  });

  it.skipIf(!there)('has a result for every row', () => {
    expect(results.length).toBe(rows);
    expect(score.rows).toBe(rows);
    expect(score.links.expected).toBe(rows);
  });

  it.skipIf(!there)('finds the right person for every number that is right', () => {
    const found = results.filter((row) => row.method === 'id');
    const wrong = found.filter((row) => row.reference_id !== truth.get(row.record_key!));
    expect(wrong).toEqual([]);
    expect(found.length / rows).toBeGreaterThan(byNumber - 0.02);
    expect(found.filter((row) => row[`${id}_canonical`] === '')).toEqual([]);
  });

  it.skipIf(!there)('accepts hardly a wrong one, and misses few', () => {
    expect(score.links.precision).toBeGreaterThan(0.999);
    expect(score.links.recall).toBeGreaterThan(0.985);
    const accepted = results.filter((row) =>
      ['match', 'match_after_cleaning', 'mismatch', 'linked'].includes(row.outcome!),
    );
    const right = accepted.filter((row) => row.reference_id === truth.get(row.record_key!));
    expect([score.links.accepted, score.links.right]).toEqual([accepted.length, right.length]);
  });
});

describe('fields', () => {
  it('may be called what the tables of a run call their own columns', async () => {
    const names =
      'file,line,state,status,entry,raw,value,pattern,outcome,method,row,select,record_number'.split(',');
    const field = (name: string, more: string) =>
      `  ${name}: { kind: ${more}, labels: { vi: ${name}, en: ${name} } }`;
    const fields = [field('id', 'identifier'), ...names.map((name) => field(name, 'text, compare: true'))];
    flow.put(
      'names/sector.yaml',
      `name: names\nlabels: { vi: Tên, en: Names }\nfields:\n${fields.join('\n')}\nidentify_by: [id]\ngroup_by: [state]\nchecks:\n  - check: duplicate_rows\n  - check: id_shared\n`,
    );
    const columns = ['id', ...names].map((name) => `    ${name}: ${name}`).join('\n');
    flow.put(
      'names/job.yaml',
      `name: names\nsector: ./sector.yaml\ninput:\n  path: rows.csv\n  columns:\n${columns}\nreference: { path: people.csv, columns: {id: id, ${names.map((name) => `${name}: ${name}`).join(', ')}} }\nperiod: 2026-11\n`,
    );
    const people = Array.from({ length: 40 }, (_, i) => [`A${i}`, ...names.map((name) => `${name} ${i}`)]);
    const header = ['id', ...names].join(',');
    const rows = people.map((cells, i) =>
      i === 7 ? ['', ...cells.slice(1)] : i === 9 ? [...cells.slice(0, -1), 'x'] : cells,
    );
    flow.put('names/people.csv', `${header}\n${people.map((cells) => cells.join(',')).join('\n')}\n`);
    flow.put('names/rows.csv', `${header}\n${rows.map((cells) => cells.join(',')).join('\n')}\nA1,short\n`);
    const { folder, summary } = await flow.run('names/job.yaml');
    const results = await readRows(join(folder, 'results.csv'));
    expect(summary.figures.outcomes).toMatchObject({ match: 38, mismatch: 1, rejected: 1 });
    expect(results.map((row) => row.state_raw)).toEqual([...rows.map((cells) => cells[3]), '']);
    expect(results.at(-1)).toMatchObject({ outcome: 'rejected', source_line: '42' });
    expect(results[9]).toMatchObject({ outcome: 'mismatch', reasons: 'record_number.different' });
  });
});
