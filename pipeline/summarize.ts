import type { PreviousRun } from '../ledger/ledger.js';
import type { TrendRun } from '../ledger/trend.js';
import { riskSql } from '../matchers/thresholds.js';
import type { Text } from '../messages/text.js';
import type { Linking, Summary } from '../reports/model.js';
import type { Counted } from '../reports/model-shares.js';
import { duplicateFigures } from './duplicates.js';
import { fieldQualities, figuresOf, mendingRows, qualityMarks, reasonRows } from './figures.js';
import { groupTables } from './group-figures.js';
import { modelHash } from './model-file.js';
import { apartRows, roleRows } from './people-figures.js';
import { firstDayOf } from './run-name.js';
import type { RunState } from './run-state.js';
import { VERSION } from './version.js';

/** What the ledger knows of the series before this run. */
export interface Earlier {
  readonly previous: PreviousRun | null;
  /** The oldest first. */
  readonly trend: readonly TrendRun[];
}

/** Stage 5. The figures of this run beside those of the earlier periods, as counted; `withShares` makes a summary of them. */
export async function summarize(state: RunState, { previous, trend }: Earlier): Promise<Counted<Summary>> {
  const { db, job, judged, patterns } = state;
  const figures = figuresOf(judged);
  const known = { judged, previous };
  return {
    schema: 'doisoat.summary/1',
    version: VERSION,
    run: state.run,
    job: job.name,
    sector: { name: job.sector.name, labels: job.sector.labels },
    period: job.period,
    previous:
      previous === null ? null : { period: previous.period, run: previous.run, figures: previous.figures },
    figures,
    trend: [...trend, { period: job.period, run: state.run, figures }],
    ...(state.roles.length === 0 ? {} : { roles: roleRows(state.roles) }),
    ...(state.asked.sector.apart.length === 0 && (figures.outcomes['apart'] ?? 0) === 0
      ? {}
      : { apart: apartRows(judged) }),
    mending: mendingRows(judged, previous),
    groups: await groupTables(db, {
      fields: state.fields.filter((field) => field.group),
      provinces: job.report.provinces,
      born: state.matched.comparable.find((field) => field.kind === 'birth-date') ?? null,
      day: firstDayOf(job.period),
      previous,
    }),
    ...(await duplicateRows(state)),
    reasons: reasonRows(judged, previous),
    fields: fieldQualities(patterns, known),
    marks: qualityMarks(patterns, known),
    inputs: state.files.map((file) => ({
      name: file.name,
      sha256: file.sha256,
      bytes: file.bytes,
      rows: file.rows,
      rejected: file.rejected,
      repaired: file.repaired,
      encoding: file.encoding,
      delimiter: file.delimiter,
    })),
    reference: {
      people: state.reference.people,
      hash: state.reference.hash,
      repeatedIds: state.reference.repeatedIds,
    },
    linking: await linkingFigures(state),
    cases: null,
    strict: job.strict,
    job_hash: job.hash,
    notes: notesOf(state),
  };
}

/** Left out where nobody is in the extract twice and no number is shared. */
async function duplicateRows({ db }: RunState): Promise<Pick<Summary, 'duplicates'>> {
  const duplicates = await duplicateFigures(db);
  return duplicates === null ? {} : { duplicates };
}

/** Digits of a probability that are shown and stored: finer ones differ with the number of threads. */
const DIGITS = 6;

/** The thresholds with the rate of false links to be expected of what was linked: the mean risk. */
async function linkingFigures({ db, links }: RunState): Promise<Counted<Linking> | null> {
  if (links === null) return null;
  const of = (decision: string) => `count(*) FILTER (WHERE decision = '${decision}')`;
  const [row] = await db.rows<{
    records: number;
    linked: number;
    possible: number;
    ambiguous: number;
    wrong: number | null;
  }>(`SELECT count(*) AS records, ${of('linked')} AS linked, ${of('possible')} AS possible, ${of('ambiguous')} AS ambiguous,
    (sum(${riskSql('probability')}::DECIMAL(18, 9)) FILTER (WHERE decision = 'linked'))::DOUBLE AS wrong FROM links`);
  const { records = 0, linked = 0, possible = 0, ambiguous = 0, wrong = 0 } = row ?? {};
  const { accept, review } = links.thresholds;
  return {
    accept: rounded(accept),
    review: rounded(review),
    false_link_rate: linked === 0 ? 0 : rounded((wrong ?? 0) / linked),
    records,
    linked,
    possible,
    ambiguous,
    model_hash: modelHash(links.model),
  };
}

function rounded(share: number): number {
  return Math.min(1, Math.max(0, Number(share.toFixed(DIGITS))));
}

function notesOf(state: RunState): Text[] {
  const notes: Text[] = [];
  for (const file of state.files.filter((one) => one.rows === 0)) {
    notes.push({
      vi: `Tệp “${file.name}” chỉ có dòng tiêu đề, không có dòng dữ liệu nào.`,
      en: `The file “${file.name}” holds a header line only and no row.`,
    });
  }
  for (const field of state.fields) {
    if (field.compare && state.roles.length === 0 && !state.matched.comparable.includes(field)) {
      notes.push({
        vi: `Trường “${field.labels.vi}” không đối sánh được vì dữ liệu tham chiếu không có.`,
        en: `The field “${field.labels.en}” could not be compared: the reference does not have it.`,
      });
    }
    const encoding = state.columns[field.name]?.hints.encoding;
    if (encoding !== undefined) {
      notes.push({
        vi: `Cột “${field.columns.join(' + ')}” viết bằng mã cũ (${encoding}), đã chuyển sang Unicode.`,
        en: `The column “${field.columns.join(' + ')}” is in an old encoding (${encoding}) and was converted to Unicode.`,
      });
    }
  }
  notes.push(...formerProvinceNotes(state));
  if (state.reference.repeatedIds > 0) {
    notes.push({
      vi: `Dữ liệu tham chiếu có ${state.reference.repeatedIds} số định danh gắn với nhiều người; các số này không dùng để tìm người.`,
      en: `${state.reference.repeatedIds} numbers of the reference belong to several people; they are not used to find a person.`,
    });
  }
  return notes;
}

/** Where figures by the 63 former provinces were asked for and cannot be had. */
function formerProvinceNotes({ job, fields, columns }: RunState): Text[] {
  if (job.report.provinces === 34) return [];
  const notes: Text[] = [];
  for (const { name, kind, labels } of fields.filter((field) => field.group)) {
    if (kind === 'province') {
      notes.push({
        vi: `Trường “${labels.vi}” được đối sánh nên số liệu theo trường này dùng 34 tỉnh hiện nay như dữ liệu tham chiếu.`,
        en: `The field “${labels.en}” is compared, so its figures go by the 34 provinces of today, as the reference has them.`,
      });
    }
    if (kind === 'former-province' && columns[name]?.hints.codeList === 'gso34') {
      notes.push({
        vi: `Cột của trường “${labels.vi}” ghi theo 34 tỉnh hiện nay: tỉnh đã sáp nhập không tách được thành các tỉnh cũ.`,
        en: `The column of “${labels.en}” is written by the 34 provinces of today: merged ones cannot be told apart.`,
      });
    }
  }
  return notes;
}
