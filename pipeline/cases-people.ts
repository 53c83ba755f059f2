import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { UserError } from '../messages/user-error.js';
import type { CaseRole, OpenCases } from './cases-open.js';
import { keyText } from './fields.js';
import { readManifest } from './manifest.js';
import { REFERENCE_DATABASE, readReference } from './reference.js';
import { referenceIdText } from './result-rows.js';
import type { RunPlan } from './run-plan.js';

/** Whom an answer is about: by default the person the program found, else one of the candidates that `doisoat why` lists. */
export interface WantedPerson {
  readonly caseKey: string;
  /** Which of several people in the record; empty: its one person. */
  readonly role: string;
  /** From 1; null: the person that was found. */
  readonly candidate: number | null;
}

const PORTION = 1000;

/** The id of a person as somebody wrote it: a spreadsheet takes the leading zero of a 12-digit number. */
export function personGiven({ plan, roles }: Pick<OpenCases, 'plan' | 'roles'>, text: string): string {
  const plain = text.trim();
  const { identity } = roles[0]?.plan.patterns ?? plan.patterns;
  const isNumber = identity?.kind === 'citizen-id' && /^[\d ]+$/.test(plain);
  if (!isNumber) return plain;
  const digits = plain.replaceAll(' ', '');
  return digits.length === 11 ? `0${digits}` : digits;
}

/**
 * The ids by which the reference names the wanted people, in their order; null where there is no such candidate. Throws
 * UserError when a candidate is asked for and the reference of the run is no longer there.
 */
export async function idsOfPeople(
  cases: OpenCases,
  wanted: readonly WantedPerson[],
): Promise<(string | null)[]> {
  const { db } = cases;
  if (wanted.length === 0) return [];
  await db.run(
    'CREATE OR REPLACE TEMP TABLE wanted (place INTEGER, case_key UUID, role VARCHAR, candidate INTEGER)',
  );
  for (let i = 0; i < wanted.length; i += PORTION) {
    const rows = wanted
      .slice(i, i + PORTION)
      .map(
        ({ caseKey, role, candidate }, j) =>
          `(${i + j}, ${literal(caseKey)}, ${literal(role)}, ${candidate ?? 'NULL'})`,
      );
    await db.run(`INSERT INTO wanted VALUES ${rows.join(', ')}`);
  }
  const byCandidate = wanted.some(({ candidate }) => candidate !== null);
  const found: { place: number; id: string }[] = [];
  for (const source of sourcesOf(cases)) found.push(...(await foundPeople(cases, source, byCandidate)));
  const byPlace = new Map(found.map(({ place, id }) => [place, id]));
  return wanted.map((_, i) => byPlace.get(i) ?? null);
}

/** Where the people of a role were found: the run itself, or the database of the role. */
type PeopleSource = Pick<CaseRole, 'role' | 'database' | 'plan'>;

function sourcesOf({ plan, roles }: OpenCases): readonly PeopleSource[] {
  return roles.length > 0 ? roles : [{ role: '', database: 'run', plan }];
}

async function foundPeople(
  cases: OpenCases,
  { role, database, plan }: PeopleSource,
  byCandidate: boolean,
): Promise<{ place: number; id: string }[]> {
  const { db } = cases;
  const asked = `(SELECT w.*, s.record FROM wanted w JOIN shown_cases s ON w.case_key = s.case_key WHERE w.role = ${literal(role)})`;
  const own = `SELECT w.place, ${referenceIdText('r.reference_key')} AS id FROM ${asked} w
    JOIN ${database}.results r ON w.record = r.record WHERE w.candidate IS NULL AND r.reference_key IS NOT NULL`;
  if (!byCandidate) return db.rows(own);
  const key = await attachReference(cases, plan);
  return db.rows(`${own} UNION ALL
    SELECT w.place, ${key} AS id FROM ${asked} w
      JOIN ${await candidatesOf(db, database)} c ON c.record = w.record AND c.place = w.candidate
      JOIN ref.people p ON p.person = c.person`);
}

/** A run where nothing was linked has no table of candidates. */
async function candidatesOf(db: Database, database: string): Promise<string> {
  const made = await db.value<number>(
    `SELECT count(*) FROM duckdb_tables() WHERE database_name = ${literal(database)} AND table_name = 'candidates'`,
  );
  return made > 0
    ? `${database}.candidates`
    : '(SELECT NULL AS record, NULL AS place, NULL AS person WHERE false)';
}

/** Attaches the reference of the run as `ref`; returns SQL of what names a person `p` in it. */
async function attachReference({ db, folder }: OpenCases, { patterns }: RunPlan): Promise<string> {
  const manifest = readManifest(folder);
  if (manifest === null) throw referenceGone(folder);
  const place = resolve(folder, manifest.reference.folder);
  if (!existsSync(join(place, REFERENCE_DATABASE))) throw referenceGone(place);
  const reference = readReference(place);
  if (reference.hash !== manifest.reference.hash) throw referenceGone(place);
  await db.run(`ATTACH IF NOT EXISTS ${literal(join(place, REFERENCE_DATABASE))} AS ref (READ_ONLY)`);
  const { identity } = patterns;
  if (reference.hasKey) return 'p.record_key';
  return identity === null
    ? 'p.person::VARCHAR'
    : keyText(identity.kind, `p.${identifier(`k_${identity.name}`)}`);
}

function referenceGone(place: string): UserError {
  return new UserError({
    what: {
      vi: 'Dữ liệu tham chiếu của lần chạy này không còn hoặc đã đổi, nên không chọn ứng viên theo số thứ tự được.',
      en: 'The reference of this run is gone or has changed, so that candidates cannot be told by number.',
    },
    where: place,
    mend: {
      vi: 'Hãy chạy lại công việc, hoặc ghi mã của người đó bằng --person.',
      en: 'Run the job again, or name the person with --person.',
    },
  });
}
