import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mammoth from 'mammoth';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import { parquetRelation } from '../engine/read-parquet.js';
import { workspace } from './flow.js';

/**
 * What office files and Parquet say, beside `golden/telecom/expected-formats`, as other libraries read them. After a change that is
 * meant, `UPDATE_GOLDEN=1 npx vitest run test/golden-formats.test.ts` writes the expected files anew; the diff is then read.
 */
const CASE = join(import.meta.dirname, 'golden/telecom');
const EXPECTED = join(CASE, 'expected-formats');

const flow = workspace();
let folder: string;

beforeAll(async () => {
  cpSync(join(CASE, 'input'), flow.folder, { recursive: true });
  const job = readFileSync(join(flow.folder, 'job.yaml'), 'utf8');
  flow.put(
    'job.yaml',
    `${job}
report:
  formats: [xlsx, docx, parquet]
  letter:
    agency_above: Bộ Mẫu
    agency: Cục Thử nghiệm
    number: 5/BC-CTN
    place: Hà Nội
    date: 2026-12-05
    to: [Bộ Mẫu, Cơ quan thứ hai]
    signer_title: [KT. Cục trưởng, Phó Cục trưởng]
    signer: Nguyễn Văn Mẫu
    recipients: Tổ công tác
    filing: CSDL (02)
`,
  );
  folder = (await flow.run('job.yaml')).folder;
});
afterAll(() => flow.remove());

const READERS: Readonly<Record<string, (path: string) => Promise<string>>> = {
  'report.xlsx': sheets,
  'mismatches.xlsx': sheets,
  'report.docx': async (path) => (await mammoth.extractRawText({ path })).value.replace(/\n{2,}/g, '\n'),
  'results.parquet': rows,
  'mismatches.parquet': rows,
};

async function sheets(path: string): Promise<string> {
  const found = await readExcelFile(path);
  return found
    .map(({ sheet, data }) => [`# ${sheet}`, ...data.map((row) => JSON.stringify(row))].join('\n'))
    .join('\n\n');
}

async function rows(path: string): Promise<string> {
  const db = await openDatabase({ tempDir: join(flow.folder, 'temp') });
  try {
    const columns = await db.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM ${parquetRelation(path)}`,
    );
    const lines = await db.rows(`SELECT * FROM ${parquetRelation(path)}`);
    return [
      ...columns.map((column) => `${column.column_name} ${column.column_type}`),
      ...lines.map((row) => JSON.stringify(Object.values(row))),
    ].join('\n');
  } finally {
    await db.close();
  }
}

/** The run's name holds the folder it was made in; version and hashes are not what is tested. */
function portable(text: string): string {
  return `${text
    .replace(/(golden-telecom-2026-11)-[0-9a-f]{8}/g, '$1-*')
    .replace(/\b[0-9a-f]{64}\b/g, '*')
    .replace(/doisoat \d+\.\d+\.\d+/g, 'doisoat *')
    .replace(/("doisoat version",)"[^"]*"/, '$1"*"')}\n`;
}

describe('what the formats say', () => {
  it.each(Object.entries(READERS))('%s', async (name, read) => {
    const found = portable(await read(join(folder, name)));
    const path = join(EXPECTED, `${name}.txt`);
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(EXPECTED, { recursive: true });
      writeFileSync(path, found);
    }
    expect(found).toBe(readFileSync(path, 'utf8'));
  });
});
