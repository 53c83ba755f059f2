import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pattern } from '../matchers/judge.js';
import { UserError } from '../messages/user-error.js';
import { quietContext } from '../pipeline/context.js';
import { MODEL_FILE, modelHash, readModel } from '../pipeline/model-file.js';
import type { RunResult } from '../pipeline/run.js';
import { explainRun, type Why } from '../pipeline/why.js';
import { decidingRule } from '../pipeline/why-rule.js';
import { renderHtml } from '../reports/html.js';
import { say } from './command-line.js';
import { membersSector, SEX } from './fixtures/members.js';
import { type CsvRow, readRows, type Workspace, workspace } from './flow.js';

const SECTOR = membersSector([SEX]);

const JOB = `name: members-2026-11
sector: ./members.yaml
input: { path: extract.csv, columns: { record_key: ma, id: so, name: ten, born: sinh, sex: gioi } }
reference: people.csv
period: 2026-11
`;
/** A file of 60 rows has too few links to accept any at the usual rate. */
const RATE = 0.005;
const EASY_JOB = `${JOB}matching: { false_link_rate: ${RATE} }\n`;

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Võ', 'Đặng', 'Bùi'];
const MIDDLE = ['Văn', 'Minh', 'Ngọc', 'Đức', 'Thu'];
const GIVEN = ['An', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Lan', 'Mai', 'Nam', 'Phúc'];
const PEOPLE = 150;
const ROWS = 60;

const two = (n: number) => String(n).padStart(2, '0');

/** Synthetic people: number, name, ISO birth date, sex. The last two are alike in all but their numbers. */
function person(i: number): [string, string, string, string] {
  const same = i === PEOPLE - 1 ? PEOPLE - 2 : i;
  const mix = (factor: number, size: number) => Math.floor(((same * factor + 11) % 1009) / 3) % size;
  const year = 1955 + mix(71, 44);
  const name = `${FAMILY[mix(31, 8)]} ${MIDDLE[mix(57, 5)]} ${GIVEN[mix(91, 11)]}`;
  const sex = mix(13, 2);
  return [
    `079${sex}${two(year % 100)}${String(100_000 + i * 37)}`,
    name,
    `${year}-${two(1 + mix(37, 12))}-${two(1 + mix(113, 28))}`,
    sex === 1 ? 'Nữ' : 'Nam',
  ];
}

/** Rows 1–40 have their number; some have faults. Then come rows without one, and at the end somebody unknown. */
function submitted(i: number): string[] {
  const [id, name, born, sex] = person(i);
  const key = i === 4 ? '7' : i === 7 || i === 8 ? 'TWICE' : `K${i + 1}`;
  if (i === 1) return [key, id, name.toUpperCase().replace(' ', '  '), born, sex];
  if (i === 2) return [key, id, `${FAMILY[0]} Thị Xuân`, born, sex === 'Nam' ? 'Nữ' : 'Nam'];
  if (i === 3) return [key, `${id.slice(0, 4)} ${id.slice(4)}`, name, born, sex];
  if (i === 5) return [key, id, name, '', sex];
  if (i === 9) return [key, person(80)[0], name, born, sex];
  if (i === ROWS - 1) return [key, '', 'Đoàn Quốc Vượng', '1931-02-03', 'Nam'];
  if (i === ROWS - 2) return [key, '', '', '', ''];
  if (i === ROWS - 3) return [key, '', person(PEOPLE - 1)[1], person(PEOPLE - 1)[2], person(PEOPLE - 1)[3]];
  return [key, i < 40 ? id : '', name, born, sex];
}

const csv = (rows: readonly (readonly string[])[]) => `${rows.map((row) => row.join(',')).join('\n')}\n`;
const range = (size: number) => Array.from({ length: size }, (_, i) => i);

let flow: Workspace;
let run: RunResult;
let rows: readonly CsvRow[];

beforeAll(async () => {
  flow = workspace();
  flow.put('members.yaml', SECTOR);
  flow.put('job.yaml', EASY_JOB);
  flow.put('extract.csv', csv([['ma', 'so', 'ten', 'sinh', 'gioi'], ...range(ROWS).map(submitted)]));
  flow.put('people.csv', csv([['id', 'name', 'born', 'sex'], ...range(PEOPLE).map(person)]));
  run = await flow.run('job.yaml');
  rows = await readRows(join(run.folder, 'results.csv'));
});

afterAll(() => flow.remove());

const context = () => quietContext({ workspace: join(flow.folder, '.doisoat'), threads: 1 });
const why = (record: string | number, revealIds = false) =>
  explainRun({ folder: run.folder, record: String(record), revealIds }, context());
const field = (answer: Why, name: string) => answer.fields.find((one) => one.field === name)!;

describe('why', () => {
  it('says of every kind of row what the results say', async () => {
    const seen = new Set<string>();
    for (const row of rows.filter(({ outcome }) => !seen.has(outcome!) && seen.add(outcome!))) {
      const answer = await why(row.record!);
      expect(answer).toMatchObject({
        record: Number(row.record),
        outcome: row.outcome,
        method: row.method || 'none',
      });
      expect(answer.reasons.join(';')).toBe(row.reasons);
      expect(answer.reference_id ?? '').toBe(row.reference_id);
    }
    const kinds = [
      'ambiguous',
      'linked',
      'match',
      'match_after_cleaning',
      'mismatch',
      'not_found',
      'unusable',
    ];
    expect([...seen]).toEqual(expect.arrayContaining(kinds));
  });

  it.each([
    [1, 'match', []],
    [2, 'match', []],
    [3, 'mismatch', ['name', 'sex']],
    [4, 'match_after_cleaning', ['id']],
  ])('row %d is %s because of %j', async (record, outcome, fields) => {
    const answer = await why(record);
    expect(answer.outcome).toBe(outcome);
    expect(answer.fields.filter((one) => one.decides).map((one) => one.field)).toEqual(fields);
    expect(answer.linking).toBeNull();
  });

  it('shows values, levels and reasons of a mismatch', async () => {
    const answer = await why(3, true);
    expect(field(answer, 'name')).toMatchObject({
      raw: 'Nguyễn Thị Xuân',
      canonical: 'Nguyễn Thị Xuân',
      reference: person(2)[1],
      decides: true,
    });
    expect(field(answer, 'name').reasons).toHaveLength(1);
    expect(field(answer, 'born')).toMatchObject({ level: 'exact', reference: person(2)[2] });
    expect(field(answer, 'id')).toMatchObject({
      canonical: person(2)[0],
      reference: person(2)[0],
      level: null,
    });
  });

  it('hides every value unless it is told not to', async () => {
    for (const record of [1, 3, 4, 10, 45, ROWS - 2]) {
      const [id, name, born] = submitted(record - 1).slice(1) as [string, string, string];
      const found = await why(record, true);
      const secrets = [id.replace(' ', ''), name, name.toUpperCase(), born, found.reference_id ?? ''];
      const hidden = JSON.stringify(await why(record));
      for (const secret of secrets.filter((one) => one !== '')) expect(hidden).not.toContain(secret);
      if (found.reference_id !== null) expect(found.reference_id).toMatch(/^079\d{9}$/);
    }
  });

  it('tells of a number that is somebody else’s', async () => {
    const answer = await why(10, true);
    expect(answer.reasons).toContain('id.belongs_to_other');
    expect(answer.number?.en).toContain('somebody plainly different');
    expect(answer.linking!.candidates[0]!.reference_id).toBe(person(9)[0]);
  });
});

describe('the candidates of a row', () => {
  it('add up, field by field, to the weight and the probability', async () => {
    for (const record of [10, 42, 45, ROWS - 2]) {
      const { linking, reference_id, outcome } = await why(record, true);
      const [best] = linking!.candidates;
      if (outcome !== 'not_found') expect(best!.reference_id).toBe(reference_id);
      for (const one of linking!.candidates) {
        const fields = one.fields.reduce((sum, { bits }) => sum + bits, 0);
        expect(one.fields.at(-1)!.total).toBeCloseTo(fields, 9);
        expect(fields + one.swappedBits + one.relatives).toBeCloseTo(one.weight, 9);
        const nobody = linking!.nobody!;
        if (nobody > 1e-6) {
          expect(Math.log2(one.probability / nobody)).toBeCloseTo(one.prior + one.weight + one.rivals, 1);
        }
      }
      const shares = linking!.candidates.reduce((sum, one) => sum + one.probability, linking!.nobody!);
      expect(shares).toBeLessThan(1 + 1e-9);
      expect(best!.rule).toMatch(/^\w+\.\w+/);
    }
  });

  it('come with the thresholds and the margin that decided', async () => {
    const linked = (await why(45)).linking!;
    expect(linked.decision).toBe('linked');
    expect(linked.probability).toBeGreaterThanOrEqual(linked.thresholds.accept);
    expect(linked.thresholds.falseLinkRate).toBe(run.summary.linking!.false_link_rate);
    const twins = (await why(ROWS - 2)).linking!;
    expect(twins).toMatchObject({ decision: 'ambiguous', margin: 0 });
    expect(twins.candidates[0]!.probability).toBe(twins.candidates[1]!.probability);
    const nobody = (await why(ROWS)).linking!;
    expect(nobody.decision).toBe('none');
    expect(nobody.probability).toBeLessThan(nobody.thresholds.review);
  });
});

describe('a record', () => {
  it.each([
    ['K6', 6],
    ['6', 6],
    ['record:7', 7],
    ['key:7', 5],
    ['record:5', 5],
  ])('is found by %s', async (name, record) => {
    expect((await why(name)).record).toBe(record);
  });

  it.each([
    ['7', /record:7 or key:7/],
    ['TWICE', /8, 9/],
    ['0', /no record/],
    [String(ROWS + 1), /no record/],
    ['K1x', /no record/],
    ["'; DROP TABLE x", /no record/],
    ['', /no record/],
  ])('is not guessed from %j', async (name, message) => {
    const error = await why(name).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(UserError);
    const { what, mend } = (error as UserError).parts;
    expect(`${what.en} ${mend.en}`).toMatch(message);
  });
});

describe('the command', () => {
  it.each([
    ['vi', ['Luật quyết định', 'Ứng viên 1', 'trước khi so', 'Ngưỡng nhận']],
    ['en', ['Rule that decided', 'Candidate 1', 'before comparing', 'Thresholds: accept']],
  ])('speaks %s and shows no number', async (language, words) => {
    const { code, out, err } = await say(['why', run.folder, 'K45', '--lang', language, '--quiet']);
    expect([code, err]).toEqual([0, '']);
    for (const word of words) expect(out).toContain(word);
    expect(out).not.toMatch(/\d{9}/);
    const revealed = await say([
      'why',
      run.folder,
      'K45',
      '--reveal-ids',
      '--why',
      'kiểm thử',
      '--workspace',
      flow.folder,
    ]);
    expect(revealed.out).toContain(person(44)[0]);
  });

  it('answers in JSON', async () => {
    const { out } = await say(['why', run.folder, '3', '--json', '--quiet']);
    expect(JSON.parse(out)).toMatchObject({ record: 3, outcome: 'mismatch', linking: null });
  });
});

describe('the run', () => {
  it('leaves its model and the figures of its thresholds', async () => {
    const { linking } = run.summary;
    const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
    expect(linking).toMatchObject({
      linked: count('linked'),
      possible: count('possible'),
      ambiguous: count('ambiguous'),
      model_hash: modelHash(readModel(join(run.folder, MODEL_FILE))),
    });
    expect(linking!.false_link_rate).toBeLessThanOrEqual(RATE);
    const manifest = JSON.parse(readFileSync(join(run.folder, 'manifest.json'), 'utf8'));
    expect(manifest.outputs).toEqual(expect.arrayContaining(['model.json', 'model.html']));
    expect(renderHtml(run.summary)).toContain(linking!.model_hash);
  });

  it('decides alike with its model frozen, and by the thresholds that the job sets', async () => {
    flow.put('frozen.yaml', `${EASY_JOB}model: ${join(run.folder, MODEL_FILE)}\n`);
    const frozen = await flow.run('frozen.yaml', { out: join(flow.folder, 'frozen') });
    expect(frozen.summary.linking?.model_hash).toBe(run.summary.linking?.model_hash);
    expect(frozen.summary.figures).toEqual(run.summary.figures);
    flow.put('careful.yaml', `${JOB}matching: { accept: 1, review: 0.9 }\n`);
    const careful = await flow.run('careful.yaml', { out: join(flow.folder, 'careful') });
    expect(careful.summary.linking).toMatchObject({ accept: 1, review: 0.9, linked: 0 });
    expect(careful.summary.linking!.possible).toBeGreaterThan(5);
  });

  it('that matched by numbers only is explained as well', async () => {
    flow.put('numbers.yaml', `${JOB}matching: { enabled: false }\n`);
    const { folder, summary } = await flow.run('numbers.yaml', { out: join(flow.folder, 'numbers') });
    expect(summary.linking).toBeNull();
    const answer = await explainRun({ folder, record: '45', revealIds: false }, context());
    expect(answer).toMatchObject({ outcome: 'not_found', linking: null });
    expect(answer.rule.en).toContain('did no probabilistic matching');
    const { code, err } = await say(['model', 'show', folder, '--lang', 'en']);
    expect([code, err]).toEqual([2, expect.stringContaining('no model')]);
  });

  it('refuses a frozen model of other fields and leaves nothing behind', async () => {
    const job = JOB.replace(', sex: gioi', '');
    flow.put('other.yaml', `${job}model: ${join(run.folder, MODEL_FILE)}\n`);
    await expect(flow.run('other.yaml', { out: join(flow.folder, 'other') })).rejects.toThrow(/other fields/);
    const error = await explainRun(
      { folder: join(flow.folder, 'other'), record: '1', revealIds: false },
      context(),
    ).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(UserError);
  });

  it('is still explained where its reference is gone, with a word about it', async () => {
    const { folder } = JSON.parse(readFileSync(join(run.folder, 'manifest.json'), 'utf8')).reference;
    renameSync(join(run.folder, folder), join(run.folder, 'moved'));
    const answer = await why(45, true);
    renameSync(join(run.folder, 'moved'), join(run.folder, folder));
    expect(answer.notes).toHaveLength(1);
    expect(answer.outcome).toBe('linked');
    expect(field(answer, 'name')).toMatchObject({ reference: null, level: 'exact' });
    expect(answer.linking!.candidates[0]!.fields[0]!.reference).toBeNull();
  });
});

describe('the rule that decided', () => {
  const compared = (weight: 'none' | 'form' | 'loss' | 'real') => ({
    reasons: 'name',
    use: 'compare' as const,
    required: false,
    present: true,
    usable: true,
    problems: [],
    level: { name: weight === 'none' ? 'exact' : 'x', reason: weight, weight },
  });
  const pattern = (part: Partial<Pattern>): Pattern => ({
    state: 'read',
    method: 'id',
    decision: 'none',
    belongsToOther: false,
    person: 'alive',
    structureConflict: false,
    oldNumber: false,
    duplicate: false,
    idShared: false,
    failedChecks: [],
    fields: [],
    ...part,
  });

  it.each<[Partial<Pattern>, boolean, number[], RegExp]>([
    [{ fields: [compared('none'), compared('real'), compared('form')] }, false, [1], /really differs/],
    [{ fields: [compared('real'), compared('real')] }, false, [0, 1], /really differs/],
    [{ fields: [compared('loss'), compared('form')] }, false, [0, 1], /one of form/],
    [{ fields: [compared('loss'), compared('form')] }, true, [0], /really differs/],
    [{ fields: [compared('none')] }, false, [], /equal as written/],
    [{ fields: [compared('none')], method: 'old_number' }, false, [], /old number/],
    [{ fields: [compared('none')], method: 'restored' }, false, [], /restored/],
    [{ fields: [{ ...compared('none'), level: null, usable: false }] }, false, [], /no field to compare/],
    [{ method: 'none' }, false, [], /no usable number/],
    [{ method: 'none', belongsToOther: true }, false, [], /plainly different/],
    [{ method: 'none', fields: [compared('none'), compared('none')] }, false, [], /no candidate/],
    [{ method: 'link', decision: 'linked' }, false, [], /accept threshold/],
    [{ method: 'link', decision: 'possible' }, false, [], /between/],
    [{ method: 'link', decision: 'ambiguous' }, false, [], /none is picked/],
    [{ state: 'rejected' }, false, [], /could not be read/],
  ])('of %j (strict: %s) names the fields %j', (part, strict, fields, text) => {
    const rule = decidingRule(pattern(part), { strict, searched: true });
    expect(rule.fields).toEqual(fields);
    expect(rule.text.en).toMatch(text);
  });

  it.each([
    [{ method: 'none', belongsToOther: true }, /plainly different.*did no probabilistic/],
    [{ method: 'none', fields: [compared('none'), compared('none')] }, /did no probabilistic/],
  ] as [Partial<Pattern>, RegExp][])('of %j says so where nothing was searched', (part, text) => {
    expect(decidingRule(pattern(part), { strict: false, searched: false }).text.en).toMatch(text);
  });
});
