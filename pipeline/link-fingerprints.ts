import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import type { LinkField } from './link-fields.js';

/** Of the records of `ours`: `link_fingerprints(record, fingerprint)`, and how many there are. */
export async function fingerprintRecords(
  db: Database,
  fields: readonly LinkField[],
  ours: string,
): Promise<void> {
  const joins = fields.map((field, i) => textJoin(field, i, ours));
  await db.run(`CREATE OR REPLACE TEMP TABLE link_fingerprints AS
    SELECT source.record, ${fingerprintSql(fields.map(textColumn))} AS fingerprint
    FROM ${ours} source ${joins.join(' ')}`);
}

/**
 * 128 bits of the texts of canonical values. The length stands before each text, so that no two rows of values are written alike, and
 * a value that is missing is no empty one.
 */
function fingerprintSql(texts: readonly string[]): string {
  const parts = texts.map((text) => `coalesce(length(${text}) || ':' || ${text}, '-')`);
  return `md5_number(${parts.join(' || ')})`;
}

/** Numbers of values are of one run only; what they stand for is not. */
function textJoin({ name, held }: LinkField, i: number, ours: string): string {
  if (held?.as !== 'numbers') return '';
  const column = identifier(name);
  return `LEFT JOIN (SELECT key, value FROM ${held.values} WHERE key IN (SELECT ${column} FROM ${ours})) t${i}
    ON t${i}.key = source.${column}`;
}

function textColumn({ name, held }: LinkField, i: number): string {
  return held?.as === 'numbers' ? `t${i}.value` : `source.${identifier(name)}::VARCHAR`;
}
