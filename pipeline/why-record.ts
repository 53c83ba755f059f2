import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { UserError } from '../messages/user-error.js';

const BY_NUMBER = 'record:';
const BY_KEY = 'key:';
/** So many numbers of records with the same key are named. */
const MOST_NAMED = 10;

/**
 * Position (from 0) of the record that people name by its number or its record_key; `record:5` and `key:5` leave no doubt. Reads
 * the attached database `run`. Never picks between several: that is a UserError which says how to ask.
 */
export async function findRecord(db: Database, name: string): Promise<number> {
  const rows = await db.value<number>('SELECT count(*) FROM run.results');
  const number = name.startsWith(BY_KEY) ? null : recordNumber(name.replace(BY_NUMBER, ''), rows);
  const keyed = name.startsWith(BY_NUMBER) ? [] : await recordsWithKey(db, name.replace(BY_KEY, ''));
  const candidates = [...new Set([...(number === null ? [] : [number]), ...keyed])];
  if (candidates.length === 1) return candidates[0]! - 1;
  if (candidates.length === 0) throw noSuchRecord(name, rows);
  throw number === null ? severalRecords(name, keyed) : eitherRecord(name);
}

function recordNumber(text: string, rows: number): number | null {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= rows ? number : null;
}

async function recordsWithKey(db: Database, key: string): Promise<number[]> {
  const rows = await db.rows<{ record: number }>(`SELECT record + 1 AS record FROM run.results
    WHERE record_key = ${literal(key)} ORDER BY record LIMIT ${MOST_NAMED}`);
  return rows.map((row) => row.record);
}

function noSuchRecord(name: string, rows: number): UserError {
  return new UserError({
    what: {
      vi: `Lần chạy này không có bản ghi số hay khóa “${name}”.`,
      en: `This run has no record of the number or key “${name}”.`,
    },
    mend: {
      vi: `Số bản ghi từ 1 đến ${rows} (cột record trong results.csv); khóa là cột record_key của công việc.`,
      en: `Numbers run from 1 to ${rows} (the column record of results.csv); keys are the job's record_key.`,
    },
  });
}

function eitherRecord(name: string): UserError {
  return new UserError({
    what: {
      vi: `“${name}” vừa là số của một bản ghi vừa là khóa của một bản ghi khác.`,
      en: `“${name}” is the number of one record and the key of another.`,
    },
    mend: {
      vi: `Hãy ghi ${BY_NUMBER}${name} hoặc ${BY_KEY}${name}.`,
      en: `Write ${BY_NUMBER}${name} or ${BY_KEY}${name}.`,
    },
  });
}

function severalRecords(name: string, records: readonly number[]): UserError {
  const list = records.join(', ') + (records.length === MOST_NAMED ? ', …' : '');
  return new UserError({
    what: {
      vi: `Có nhiều bản ghi cùng khóa “${name}”: ${list}.`,
      en: `Several records have the key “${name}”: ${list}.`,
    },
    mend: {
      vi: `Hãy hỏi theo số của bản ghi, ví dụ ${BY_NUMBER}${records[0]}.`,
      en: `Ask by the number of the record, such as ${BY_NUMBER}${records[0]}.`,
    },
  });
}
