// HTML, DOCX and XLSX show the shares of the model. Each share is replaced by one that does not follow from the counts: a format that
// divided for itself would not show it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mammoth from 'mammoth';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDocx } from '../reports/docx.js';
import { rankedReasons } from '../reports/docx-tables.js';
import { renderHtml } from '../reports/html.js';
import { BLANK_LETTER } from '../reports/letter.js';
import type { Summary } from '../reports/model.js';
import { percent, pointChange } from '../reports/numbers.js';
import { readSummary } from '../reports/summary-json.js';
import { renderXlsx } from '../reports/xlsx-report.js';
import { GOLDEN_RUNS, runTwice, sharesOf, withShare } from './fixtures/shares.js';
import { type Workspace, workspace } from './flow.js';

/** The summary with shares that are written each in its own way, none of them as anything in `text`. */
function marked(summary: Summary, text: string): Summary {
  const free = Array.from({ length: 900 }, (_, i) => (100 + i) / 1000).filter(
    (share) => !text.includes(percent(share).vi),
  );
  const places = sharesOf(summary).map(([place]) => place);
  expect(free.length).toBeGreaterThan(places.length);
  return withShare(summary, (place) => free[(places.indexOf(place) * 7) % free.length]!);
}

/** Shares that every format shows. */
function shownByAll({ share, figures, mending, marks }: Summary): (number | null)[] {
  const met = Object.keys(figures.outcomes).filter((outcome) => figures.outcomes[outcome]! > 0);
  return [
    ...met.map((outcome) => share.outcomes[outcome]!),
    ...[share.rows, ...mending.map((row) => row.share), ...marks.map((mark) => mark.share)],
  ];
}

function shownByPage(summary: Summary): (number | null)[] {
  const { share, reasons, fields, apart = [], cases } = summary;
  const ofRows = reasons.filter(({ code }) => code.startsWith('record.'));
  return [
    ...shownByAll(summary),
    ...[share.match_as_submitted, share.mismatch_as_submitted],
    ...[...reasons, ...apart, ...cases!.total.ageing].map((row) => row.share),
    ...ofRows.map((reason) => reason.share_of_rows),
    ...fields.flatMap((field) => [field.share.filled, field.share.usable]),
  ];
}

/** The changes of shares that the page shows. */
function changesOnPage({ figures, share, previous, fields, marks }: Summary): number[] {
  const then = previous!.share.outcomes;
  return [
    ...Object.keys(figures.outcomes).map((outcome) => share.outcomes[outcome]! - then[outcome]!),
    ...fields.map((field) => field.share.filled! - field.previous!.share.filled!),
    ...fields.map((field) => field.share.usable! - field.previous!.share.usable!),
    ...marks.map((mark) => mark.share! - mark.previous!.share!),
  ];
}

function shownByWorkbook(summary: Summary): (number | null)[] {
  const { reasons, apart = [], marks } = summary;
  const rows = [...reasons, ...apart].map((row) => row.share);
  return [...shownByAll(summary), ...rows, ...marks.map((mark) => mark.previous!.share)];
}

const folder = mkdtempSync(join(tmpdir(), 'doisoat-shares-'));

async function letterText(summary: Summary): Promise<string> {
  const path = join(folder, 'letter.docx');
  await writeDocx(path, summary, BLANK_LETTER);
  const { value } = await mammoth.extractRawText({ path });
  rmSync(path);
  return value;
}

function pageText(summary: Summary): string {
  return renderHtml(summary).replaceAll('&gt;', '>').replaceAll('&lt;', '<');
}

async function cellsOf(summary: Summary): Promise<Set<unknown>> {
  const sheets = await readExcelFile(Buffer.from(await renderXlsx(summary)));
  return new Set(sheets.flatMap(({ data }) => data.flat()));
}

function expectSaid(text: string, written: readonly { readonly vi: string }[]): void {
  expect(written.map(({ vi }) => vi).filter((vi) => !text.includes(vi))).toEqual([]);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(GOLDEN_RUNS)('the shares of the golden run %s', (name) => {
  let flow: Workspace;
  let summary: Summary;

  beforeAll(async () => {
    flow = workspace();
    summary = readSummary(await runTwice(name, flow), 'summary.json');
  });
  afterAll(() => flow.remove());

  it('stand in the HTML page, and so do their changes', () => {
    const text = pageText(summary);
    expectSaid(text, shownByPage(summary).map(percent));
    const other = marked(summary, text);
    expectSaid(pageText(other), [
      ...shownByPage(other).map(percent),
      ...changesOnPage(other).map(pointChange),
    ]);
  });

  it('stand in the workbook', async () => {
    for (const one of [summary, marked(summary, '')]) {
      const cells = await cellsOf(one);
      expect(shownByWorkbook(one).filter((share) => !cells.has(share))).toEqual([]);
    }
  });

  it('stand in the letter', async () => {
    const shown = (one: Summary) => [...shownByAll(one), ...rankedReasons(one).map(({ share }) => share)];
    const text = await letterText(summary);
    expectSaid(text, shown(summary).map(percent));
    const other = marked(summary, text);
    expectSaid(await letterText(other), shown(other).map(percent));
  });
});
