import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import type { Model } from '../matchers/model.js';
import { programId } from './build-id.js';
import type { Job } from './job-type.js';
import { type LinkField, planFields } from './link-fields.js';
import { MOST_AT_ONCE, MOST_RECORDS_FOR_VARIANTS } from './link-limits.js';
import { REFERENCE_DATABASE, type ReferenceManifest } from './reference.js';

/** Changes whenever the kept tables or the fingerprints of an older program mean something else. */
const KEPT_VERSION = 'doisoat.searched/2';

/**
 * All that the candidates of a record follow from besides its own values (frozen model only): under equal keys equal values have equal
 * candidates with equal weights. Kept in parts, so that a run can say what has changed.
 */
export interface SearchKey {
  readonly program: string;
  readonly reference: string;
  readonly model: string;
  readonly job: string;
  readonly mode: string;
}

/** `mode` is known last: it may follow from the search itself. */
export type KeyBesidesMode = Omit<SearchKey, 'mode'>;

export interface KeyFacts {
  readonly job: Pick<Job, 'reference'>;
  readonly reference: ReferenceManifest;
  readonly referenceFolder: string;
  readonly fields: readonly LinkField[];
  readonly model: Model;
}

export async function keyBesidesMode(db: Database, facts: KeyFacts): Promise<KeyBesidesMode> {
  return {
    program: `${await programFacts(db)} ${KEPT_VERSION}`,
    reference: hashOf(referenceFacts(facts)),
    // Not `modelHash`: that rounds, and scores are made of the numbers as they stand in the file.
    model: hashOf(facts.model),
    job: hashOf(
      planFields(facts.fields).map(({ name, kind, part, comparator, held }) => [
        name,
        kind,
        part ?? null,
        comparator,
        held.as,
      ]),
    ),
  };
}

/** What may compute otherwise than another: this program, its engine, Node and the kind of machine. */
export async function programFacts(db: Database): Promise<string> {
  const engine = await db.value<string>('SELECT version()');
  const { version, platform, arch } = process;
  return [programId(), engine, version, platform, arch].join(' ');
}

/**
 * The hash of a reference is of its files and fields. Which column became which field is in the job, or else went into a reference
 * that was built before: another build of it is another reference.
 */
export function referenceFacts({
  job,
  reference,
  referenceFolder,
}: Pick<KeyFacts, 'job' | 'reference' | 'referenceFolder'>): unknown {
  const { hash, program, people, fields } = reference;
  if (job.reference.type === 'files') {
    const { columns, encoding, delimiter } = job.reference.people;
    return [hash, program, people, fields, columns, encoding, delimiter];
  }
  const { size, mtimeMs } = statSync(join(referenceFolder, REFERENCE_DATABASE));
  return [hash, program, people, fields, size, mtimeMs];
}

/** `records`: all that are to be linked; `open`: those that the first wave left open, where there are waves. */
export function modeOf(
  fields: readonly LinkField[],
  { records, open }: { readonly records: number; readonly open: number },
): string {
  const tried = goesAtOnce(records) ? records : open;
  const integers = fields.some(({ held }) => held?.as === 'integers');
  const variants = integers && tried <= MOST_RECORDS_FOR_VARIANTS ? ' with variants' : '';
  return `${waysOf(records)}${variants}`;
}

/** What of the mode is known before anything is searched. */
export function waysOf(records: number): 'at once' | 'in waves' {
  return goesAtOnce(records) ? 'at once' : 'in waves';
}

export function goesAtOnce(records: number): boolean {
  return records <= MOST_AT_ONCE;
}

function hashOf(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
