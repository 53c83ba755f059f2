import { createHash } from 'node:crypto';
import { literal } from '../engine/sql.js';

/**
 * What a case is called from night to night: 128 bits of MD5 over the series and the record's own key, or its content where it has
 * none, as a UUID. MD5 because it is quick and the engine has it; nobody gains by a collision here. A key names a record without
 * showing it, but whoever knows the series can try keys out: it is a pseudonym, not a secret.
 */
const KEY = 'key';
const CONTENT = 'content';
const SEPARATOR = '\u001f';

/** The case of a record: `caseKey('viettel', '0912345678')`. Blanks around the key do not count. */
export function caseKey(series: string, recordKey: string): string {
  return uuid([series, KEY, recordKey.replace(/^ +| +$/g, '')].join(SEPARATOR));
}

/** The same in SQL, NULL for a record without a key. */
export function caseKeySql(series: string, recordKey: string): string {
  const key = `trim(${recordKey}::VARCHAR)`;
  return `if(coalesce(${key}, '') = '', NULL, md5(${start(series, KEY)} || ${key})::UUID)`;
}

/** SQL: the key of a record that is known by its content only. `content` is a hash of it as text. */
export function contentKeySql(series: string, content: string): string {
  return `md5(${start(series, CONTENT)} || ${content})::UUID`;
}

/** SQL: the key of the n-th case of one record key (several rows of an extract may have the same). */
export function numberedKeySql(key: string, n: string): string {
  return `if(${n} = 1, ${key}, md5(${key}::VARCHAR || ${literal(SEPARATOR)} || ${n})::UUID)`;
}

/** SQL of `personKey` of the ledger: 32 hex digits over the id by which the reference names a person. */
export function personKeySql(referenceId: string): string {
  return `md5(${literal(`person${SEPARATOR}`)} || ${referenceId})`;
}

function start(series: string, part: string): string {
  return literal([series, part, ''].join(SEPARATOR));
}

function uuid(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
