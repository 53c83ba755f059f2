import type { PreviousRun } from '../ledger/ledger.js';
import type { Text } from '../messages/text.js';
import type { Summary } from '../reports/model.js';
import { fieldQualities, figuresOf, groupTables, qualityMarks, reasonRows } from './figures.js';
import type { RunState } from './run.js';
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
    job_hash: job.hash,
    notes: notesOf(state),
  };
}

function notesOf(state: RunState): Text[] {
  const notes: Text[] = [];
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
