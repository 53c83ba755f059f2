import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLedger } from '../ledger/ledger.js';
import { lockRun } from '../ledger/workspace-lock.js';
import { quietContext } from '../pipeline/context.js';
import { FORMATS, type Format } from '../pipeline/job-schema.js';
import { reportAgain } from '../pipeline/report-again.js';
import { LEDGER_FILE } from '../pipeline/workspace-ledger.js';
import { BROWSER_VARIABLE, findBrowser } from '../reports/pdf.js';
import { csv, invented } from './fixtures/people.js';
import { NOW, readRows, workspace } from './flow.js';

/** Every format of a finished run, deleted and made again: the same bytes, from what the run has kept. */

const flow = workspace();
afterAll(() => flow.remove());

const withPdf = findBrowser() !== null;
if (!withPdf) console.warn('No Chromium, Chrome or Edge found: PDF is not made again.');
const formats: readonly Format[] = FORMATS.filter((format) => format !== 'pdf' || withPdf);

const LETTER = `  letter:
    agency: Cục Thử nghiệm
    number: 5/BC-CTN
    to: Bộ Mẫu
    signer_title: [KT. Cục trưởng, Phó Cục trưởng]
`;

/** What only `doisoat run` writes, and the sources of all the rest. */
const KEPT = new Set(['manifest.json', 'model.json', 'run.duckdb', 'summary.json', 'rejected.csv']);

const context = quietContext({ clock: () => NOW, workspace: join(flow.folder, '.doisoat'), threads: 1 });
const request = (folder: string, parts: object = {}) => ({
  folder,
  formats,
  out: folder,
  revealIds: false,
  why: '',
  ...parts,
});

function hashes(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  const own = names.filter((name) => !/duckdb$|^manifest/.test(name)).sort();
  return Object.fromEntries(
    own.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

describe.each(['csv', 'parquet', 'none'] as const)('a run whose results are %s', (results) => {
  let folder: string;
  let before: Record<string, string>;

  beforeAll(async () => {
    cpSync(join(import.meta.dirname, 'golden/telecom/input'), join(flow.folder, results), {
      recursive: true,
    });
    const job = readFileSync(join(flow.folder, results, 'job.yaml'), 'utf8');
    flow.put(
      `${results}/job.yaml`,
      `${job}\nreport:\n  formats: [${formats.join(', ')}]\n${LETTER}output: { results: ${results} }\n`,
    );
    folder = (await flow.run(`${results}/job.yaml`)).folder;
    before = hashes(folder);
  });

  it('holds every format', () => {
    const wanted = [
      'duplicates.csv',
      'mismatches.csv',
      'mismatches.parquet',
      'mismatches.xlsx',
      'rejected.csv',
    ];
    const reports = ['report.docx', 'report.html', 'report.xlsx', ...(withPdf ? ['report.pdf'] : [])];
    const lists = { csv: ['results.csv', 'results.parquet'], parquet: ['results.parquet'], none: [] }[
      results
    ];
    expect(Object.keys(before)).toEqual(
      [...wanted, ...reports, ...lists, 'model.html', 'model.json', 'summary.json'].sort(),
    );
  });

  it('deleted and made again gives the same bytes', async () => {
    const manifest = readFileSync(join(folder, 'manifest.json'));
    const database = createHash('sha256')
      .update(readFileSync(join(folder, 'run.duckdb')))
      .digest('hex');
    for (const name of Object.keys(before).filter((one) => !KEPT.has(one))) rmSync(join(folder, name));
    const written = await reportAgain(request(folder), context);
    expect(hashes(folder)).toEqual(before);
    expect(written.map((path) => basename(path)).sort()).toEqual(
      Object.keys(before).filter((name) => name !== 'model.json'),
    );
    expect(readFileSync(join(folder, 'manifest.json')).equals(manifest)).toBe(true);
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, 'run.duckdb')))
        .digest('hex'),
    ).toBe(database);
  });

  it.each(formats)('%s alone gives the same bytes elsewhere', async (format) => {
    const out = join(flow.folder, `${results}-${format}`);
    const written = await reportAgain(request(folder, { formats: [format], out }), context);
    expect(readdirSync(out).sort()).toEqual(written.map((path) => basename(path)).sort());
    for (const [name, hash] of Object.entries(hashes(out)))
      expect([name, hash]).toEqual([name, before[name]]);
  });
});

describe('a run made again with other formats', () => {
  let folder: string;
  beforeAll(async () => {
    cpSync(join(import.meta.dirname, 'golden/telecom/input'), join(flow.folder, 'plain'), {
      recursive: true,
    });
    folder = (await flow.run('plain/job.yaml')).folder;
  });

  it('names what it adds in the manifest, so that the next run removes it', async () => {
    await reportAgain(request(folder, { formats: ['docx', 'xlsx'] }), context);
    const { outputs } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(outputs).toEqual(expect.arrayContaining(['report.docx', 'report.xlsx', 'mismatches.xlsx']));
    await flow.run('plain/job.yaml');
    expect(existsSync(join(folder, 'report.docx'))).toBe(false);
  });

  it('shows plain numbers only with a reason, which is written to the audit trail', async () => {
    const out = join(flow.folder, 'revealed');
    const plain = request(folder, { formats: ['csv', 'xlsx'], out, revealIds: true });
    await expect(reportAgain(plain, context)).rejects.toThrow('must be shown unmasked');
    expect(existsSync(out)).toBe(false);
    await reportAgain({ ...plain, why: 'kiểm tra' }, context);
    const rows = await readRows(join(out, 'mismatches.csv'));
    expect(rows.some((row) => /^\d{12}$/.test(row['id_reference'] ?? ''))).toBe(true);
    const ledger = openLedger(join(context.workspace, LEDGER_FILE));
    try {
      const [last] = [...ledger.auditEntries()].slice(-1);
      expect(last).toMatchObject({ command: 'report', why: 'kiểm tra', details: { formats: 'csv,xlsx' } });
      expect(last!.revealed).toBeGreaterThan(0);
    } finally {
      ledger.close();
    }
  });

  it('waits for nobody: while a run of the series goes on its folder is left alone', async () => {
    const lock = lockRun(
      context.workspace,
      { series: 'golden-telecom' },
      { command: 'doisoat run', started: '' },
    );
    try {
      const out = join(flow.folder, 'beside');
      await expect(reportAgain(request(folder, { formats: ['html'] }), context)).rejects.toMatchObject({
        exitCode: 5,
      });
      expect(await reportAgain(request(folder, { formats: ['html'], out }), context)).toContain(
        join(out, 'report.html'),
      );
    } finally {
      lock.release();
    }
  });

  it('without a browser says so before anything is written, a run before it has begun', async () => {
    const before = process.env[BROWSER_VARIABLE];
    process.env[BROWSER_VARIABLE] = join(flow.folder, 'no-browser');
    try {
      const out = join(flow.folder, 'no-pdf');
      const again = reportAgain(request(folder, { formats: ['html', 'pdf'], out }), context);
      await expect(again).rejects.toThrow('no browser that can print a PDF');
      expect(existsSync(out)).toBe(false);
      flow.put(
        'plain/pdf.yaml',
        `${readFileSync(join(flow.folder, 'plain/job.yaml'), 'utf8')}\nreport: { formats: [pdf] }\n`,
      );
      const run = flow.run('plain/pdf.yaml', { out: join(flow.folder, 'no-run') });
      await expect(run).rejects.toThrow(/pdf\.yaml:\d+: .*no browser that can print a PDF/);
      expect(existsSync(join(flow.folder, 'no-run'))).toBe(false);
    } finally {
      if (before === undefined) delete process.env[BROWSER_VARIABLE];
      else process.env[BROWSER_VARIABLE] = before;
    }
  });

  it('without its reference makes all but the lists', async () => {
    const [reference] = readdirSync(folder).filter((name) => name.startsWith('reference-'));
    renameSync(join(folder, reference!), join(flow.folder, 'away'));
    try {
      const out = join(flow.folder, 'no-reference');
      for (const format of ['csv', 'parquet', 'xlsx'] as const) {
        await expect(reportAgain(request(folder, { formats: [format], out }), context)).rejects.toThrow(
          'reference of this run has been moved',
        );
      }
      expect(existsSync(out)).toBe(false);
      await reportAgain(request(folder, { formats: ['html', 'json', 'docx'], out }), context);
      expect(readdirSync(out).sort()).toContain('report.docx');
    } finally {
      renameSync(join(flow.folder, 'away'), join(folder, reference!));
    }
  });
});

describe('a run of records with several people', () => {
  it('deleted and made again gives the same bytes', async () => {
    const people = invented(60, 1960);
    copyFileSync(join(import.meta.dirname, 'fixtures/births.yaml'), join(flow.folder, 'births.yaml'));
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
    const [women, men] = ['Nữ', 'Nam'].map((sex) => people.filter((one) => one.sex === sex)) as [
      typeof people,
      typeof people,
    ];
    flow.put(
      'births.csv',
      csv(
        women.slice(0, 20).map((mother, i) => ({
          key: `KS-${i}`,
          me_so: mother.id,
          me_ten: i % 3 === 0 ? mother.name.split(' ').slice(0, 2).join(' ') : mother.name,
          me_ns: mother.born,
          cha_so: men[i]!.id,
          cha_ten: men[i]!.name,
          cha_ns: men[i]!.born,
          con_so: people[i + 30]!.id,
          con_ten: people[i + 30]!.name,
          con_ns: people[i + 30]!.born,
        })),
      ),
    );
    flow.put(
      'births-job.yaml',
      `name: births\nsector: ./births.yaml\nreference: population.csv\nperiod: 2026-11
input:\n  path: births.csv\n  columns: { record_key: key, id: con_so, name: con_ten, born: con_ns, mother_id: me_so,
    mother_name: me_ten, mother_born: me_ns, father_id: cha_so, father_name: cha_ten, father_born: cha_ns }
report: { formats: [csv, parquet, xlsx, html, docx] }\n`,
    );
    const { folder } = await flow.run('births-job.yaml');
    const before = hashes(folder);
    expect((await readRows(join(folder, 'mismatches.csv'))).length).toBeGreaterThan(3);
    for (const name of Object.keys(before).filter((one) => !KEPT.has(one))) rmSync(join(folder, name));
    await reportAgain(request(folder, { formats: formats.filter((one) => one !== 'pdf') }), context);
    expect(hashes(folder)).toEqual(before);
  });
});
