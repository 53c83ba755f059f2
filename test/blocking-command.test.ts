import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generate } from '../generator/generate.js';
import { modelHash, readModel } from '../pipeline/model-file.js';
import { say } from './command-line.js';

const FIELDS = 'record_key: so_thue_bao, name: ho_ten, born: ngay_sinh, sex: gioi_tinh';
const WITH_ID = `${FIELDS}, id: so_giay_to`;
const job = (extract: string, columns: string, rest = '') => `name: case
sector: telecom-subscribers
input: { path: ${extract}, columns: { ${columns} } }
reference: reference/population.csv
period: 2026-11
${rest}`;

let folder: string;
let values: readonly string[];
const at = (name: string) => join(folder, name);
const common = () => ['--workspace', at('ws'), '--quiet', '--threads', '2'];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-blocking-'));
  await generate({ seed: 11, people: 250, sector: 'telecom-subscribers', rows: 160, dirt: 0.6, out: folder });
  const people = readFileSync(at('reference/population.csv'), 'utf8').split(/\r?\n/);
  const [header = ''] = readFileSync(at('telecom-subscribers/extract.csv'), 'utf8').split(/\r?\n/);
  // No column of numbers: every row is matched by its other fields.
  writeFileSync(at('open.yaml'), job('telecom-subscribers/extract.csv', FIELDS));
  writeFileSync(at('usual.yaml'), job('telecom-subscribers/extract.csv', WITH_ID));
  writeFileSync(at('settled.csv'), `${header}\n`);
  writeFileSync(at('settled.yaml'), job('settled.csv', FIELDS));
  values = people.slice(1, 40).flatMap((line) => line.split(',').filter((cell) => /^\d{12}$/.test(cell)));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('doisoat blocking', () => {
  it('audits the rules: pairs of each, blocks, an estimate; no value and nothing left behind', async () => {
    const own = at('temp');
    mkdirSync(own);
    vi.stubEnv('TMPDIR', own);
    const { code, out } = await say(['blocking', at('open.yaml'), '--json', ...common()]);
    vi.unstubAllEnvs();
    expect(code).toBe(0);
    const audit = JSON.parse(out);
    expect(audit.people).toBe(250);
    expect(audit.records).toBeGreaterThan(100);
    expect(audit.pairs).toBe(
      audit.rules.reduce((sum: number, rule: { pairs: number }) => sum + rule.pairs, 0),
    );
    expect(audit.pairs_per_record).toBeCloseTo(audit.pairs / audit.records, 9);
    expect(audit.estimated_missed).toBeGreaterThanOrEqual(0);
    expect(audit.estimated_missed).toBeLessThan(0.2);
    for (const { rule, blocks, biggest_block: biggest } of audit.rules) {
      for (const key of rule) expect(key).toMatch(/^(name|born|sex)\.\w+$/);
      if (blocks !== null) expect(biggest).toBeGreaterThan(0);
    }
    for (const value of values) expect(out).not.toContain(value);
    expect(readdirSync(own)).toEqual([]);
    expect(existsSync(at('ws/runs'))).toBe(false);
  });

  it.each([
    ['vi', 'Khối lớn nhất'],
    ['en', 'Biggest block'],
  ])('prints a table in %s', async (language, title) => {
    const { out } = await say(['blocking', at('open.yaml'), '--lang', language, ...common()]);
    expect(out).toContain(title);
    expect(out).toMatch(/name\.\w+ \+ born\.\w+/);
  });

  it('says so where no row is left to match', async () => {
    const { code, out } = await say(['blocking', at('settled.yaml'), '--lang', 'en', ...common()]);
    expect([code, out]).toEqual([0, expect.stringContaining('No row needs')]);
    const { out: json } = await say(['blocking', at('settled.yaml'), '--json', ...common()]);
    expect(JSON.parse(json)).toBeNull();
  });
});

describe('doisoat model', () => {
  beforeAll(async () => {
    const trained = await say([
      'model',
      'train',
      at('open.yaml'),
      '-o',
      at('m.json'),
      '--html',
      at('m.html'),
      ...common(),
    ]);
    expect([trained.code, trained.err]).toEqual([0, '']);
  });

  it('train writes a model and its charts', () => {
    const model = readModel(at('m.json'));
    expect(model.fields.map((field) => field.name).sort()).toEqual(['born', 'name', 'sex']);
    expect(model.training.people).toBe(250);
    expect(readFileSync(at('m.html'), 'utf8')).toContain('<svg class="steps wide"');
  });

  it('train is the same bytes again, and replaces nothing by itself', async () => {
    const again = ['model', 'train', at('open.yaml'), '-o', at('m.json'), ...common()];
    const before = readFileSync(at('m.json'), 'utf8');
    const refused = await say(again);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--force')]);
    const forced = await say([...again, '--force', '--json']);
    expect(JSON.parse(forced.out).hash).toBe(modelHash(readModel(at('m.json'))));
    expect(readFileSync(at('m.json'), 'utf8')).toBe(before);
  });

  it('train without rows to learn from is told', async () => {
    const { code, err } = await say(['model', 'train', at('settled.yaml'), '-o', at('no.json'), ...common()]);
    expect([code, existsSync(at('no.json'))]).toEqual([2, false]);
    expect(err).toContain('nothing to learn from');
  });

  it('a run uses the frozen model, and show and compare read it from there', async () => {
    writeFileSync(at('frozen.yaml'), job('telecom-subscribers/extract.csv', FIELDS, 'model: m.json\n'));
    const ran = await say(['run', at('frozen.yaml'), '-o', at('frozen'), '--json', ...common()]);
    const { summary } = JSON.parse(ran.out);
    const hash = modelHash(readModel(at('m.json')));
    expect(summary.linking.model_hash).toBe(hash);
    const shown = JSON.parse((await say(['model', 'show', at('frozen'), '--json', ...common()])).out);
    expect(shown).toMatchObject({ hash, linking: { accept: summary.linking.accept } });
    const text = await say([
      'model',
      'show',
      at('frozen'),
      '--lang',
      'en',
      '--html',
      at('f.html'),
      ...common(),
    ]);
    expect(text.out).toContain('Estimated share of false links');
    expect(readFileSync(at('f.html'), 'utf8')).toContain('Ước tính tỷ lệ liên kết sai');
    const same = JSON.parse(
      (await say(['model', 'compare', at('m.json'), at('frozen'), '--json', ...common()])).out,
    );
    expect(same.levels.every((one: { before: number; after: number }) => one.before === one.after)).toBe(
      true,
    );
  });

  it('compare shows the largest change first', async () => {
    await say(['run', at('usual.yaml'), '-o', at('usual'), ...common()]);
    const { out } = await say(['model', 'compare', at('m.json'), at('usual'), '--json', ...common()]);
    const levels: { field: string; before: number | null; after: number | null }[] = JSON.parse(out).levels;
    const changes = levels.map((one) => Math.abs((one.after ?? 0) - (one.before ?? 0)));
    expect(changes[0]).toBeGreaterThan(0);
    expect(levels.filter((one) => one.before === null).every((one) => one.field === 'id')).toBe(true);
    expect(changes).toEqual([...changes].sort((a, b) => b - a));
    const text = await say(['model', 'compare', at('m.json'), at('usual'), '--lang', 'en', ...common()]);
    expect(text.out).toMatch(/Before +After +Change/);
  });

  it.each([
    [['show', 'no-such.json'], /no-such\.json/],
    [['show', 'no-such-run'], /“no-such-run”/],
    [['compare', 'no-such.json', 'x.json'], /no-such\.json/],
    [['train', 'no-such.yaml'], /no-such\.yaml/],
  ])('%j is one message, exit 2', async (argv, message) => {
    const { code, err, out } = await say(['model', ...argv, '--workspace', at('ws')]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
