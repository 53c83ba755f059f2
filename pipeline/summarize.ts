import type { PreviousRun } from '../ledger/ledger.js';
import type { Text } from '../messages/text.js';
import type { Linking, Summary } from '../reports/model.js';
import { fieldQualities, figuresOf, groupTables, qualityMarks, reasonRows } from './figures.js';
import { modelHash } from './model-file.js';
import type { RunState } from './run-state.js';
import { VERSION } from './version.js';

/** Stage 5. The figures of this run beside those of the last period. */
export async function summarize(state: RunState, previous: PreviousRun | null): Promise<Summary> {
  const { db, job, judged, patterns } = state;
  const figures = figuresOf(judged);
  const groupFields = state.fields.filter((field) => field.group);
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
    groups: await groupTables(db, groupFields, { judged, previous }),
    reasons: reasonRows(judged, previous),
    fields: await fieldQualities(db, patterns, judged),
    marks: qualityMarks(patterns, judged),
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
    job_hash: job.hash,
    notes: notesOf(state),
  };
}

/** Digits of a probability that are shown and stored: finer ones differ with the number of threads. */
const DIGITS = 6;

/** The thresholds with the rate of false links to be expected of what was linked: the mean of 1 − probability. */
async function linkingFigures({ db, links }: RunState): Promise<Linking | null> {
  if (links === null) return null;
  const of = (decision: string) => `count(*) FILTER (WHERE decision = '${decision}')`;
  const [row] = await db.rows<{
    records: number;
    linked: number;
    possible: number;
    ambiguous: number;
    wrong: number | null;
  }>(`SELECT count(*) AS records, ${of('linked')} AS linked, ${of('possible')} AS possible, ${of('ambiguous')} AS ambiguous,
    (sum(greatest(0, 1 - probability)::DECIMAL(18, 9)) FILTER (WHERE decision = 'linked'))::DOUBLE AS wrong FROM links`);
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
    if (field.compare && !state.matched.comparable.includes(field)) {
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
  if (state.reference.repeatedIds > 0) {
    notes.push({
      vi: `Dữ liệu tham chiếu có ${state.reference.repeatedIds} số định danh gắn với nhiều người; các số này không dùng để tìm người.`,
      en: `${state.reference.repeatedIds} numbers of the reference belong to several people; they are not used to find a person.`,
    });
  }
  return notes;
}
