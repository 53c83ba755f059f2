// The datasets of a cross-dataset check: finished runs, attached side by side, each (and each role of it) seen as one relation of
// people with the same columns. No row is copied.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { FOUND, OUTCOMES } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import type { CrossDataset } from '../reports/cross-model.js';
import type { Counted } from '../reports/model-shares.js';
import { readSummary } from '../reports/summary-json.js';
import type { PersonFacts } from '../sectors/schema.js';
import { type Manifest, manifestOfRun } from './manifest.js';
import { personDate } from './person-dates.js';
import { REFERENCE_DATABASE } from './reference.js';
import { runDatabasePath } from './result-rows.js';
import { rolesOfRun } from './roles-files.js';
import { firstDayOf } from './run-name.js';
import { readRunPlan } from './run-plan.js';
import { referenceOfRun } from './same-people.js';
import { tableOf } from './tables.js';

export interface Dataset extends Counted<CrossDataset> {
  readonly person: PersonFacts;
  /** Day on which ages are told, ISO: the first of the period. */
  readonly day: string;
  /**
   * SQL relation: `record` (from 1), `record_key`, `person` (number in the reference; NULL: nobody was found with certainty), `number`
   * (as written), `name` (canonical), `born` (ISO or its beginning; the person's own where one was found), `began` and
   * `ended` (of what the record says of its person: his death, his post; NULL: not known), `status` (0 alive, 1 dead, 2 left; NULL:
   * nobody was found).
   */
  readonly people: string;
}

/** Attaches the runs and the reference they share (as `ref`); throws UserError where they cannot be held against each other. */
export async function attachDatasets(db: Database, folders: readonly string[]): Promise<Dataset[]> {
  const manifests = folders.map(manifestOfRun);
  await attachReference(db, folders, manifests);
  const datasets: Dataset[] = [];
  for (const [i, folder] of folders.entries()) datasets.push(...(await attachRun(db, folder, i)));
  return datasets;
}

async function attachRun(db: Database, folder: string, i: number): Promise<Dataset[]> {
  const manifest = manifestOfRun(folder);
  const summaryPath = join(folder, 'summary.json');
  const summary = readSummary(readFileSync(summaryPath, 'utf8'), summaryPath);
  const facts = {
    job: manifest.job.name,
    run: manifest.run,
    sector: summary.sector.labels,
    period: manifest.period,
  };
  const day = firstDayOf(manifest.period);
  const roles = rolesOfRun(folder);
  if (roles.length === 0) {
    const alias = `run_${i}`;
    await db.run(`ATTACH ${literal(runDatabasePath(folder))} AS ${alias} (READ_ONLY)`);
    return [{ ...facts, day, role: null, ...(await peopleOf(db, alias, `${alias}.results`)) }];
  }
  const keys = `run_${i}`;
  await db.run(`ATTACH ${literal(runDatabasePath(folder))} AS ${keys} (READ_ONLY)`);
  const datasets: Dataset[] = [];
  for (const [j, { labels, path }] of roles.entries()) {
    const alias = `run_${i}_${j}`;
    await db.run(`ATTACH ${literal(path)} AS ${alias} (READ_ONLY)`);
    datasets.push({ ...facts, day, role: labels, ...(await peopleOf(db, alias, `${keys}.results`)) });
  }
  return datasets;
}

/** `keys`: the relation that holds the record keys (a role has none of its own). */
async function peopleOf(
  db: Database,
  alias: string,
  keys: string,
): Promise<Pick<Dataset, 'person' | 'people' | 'rows' | 'found'>> {
  const plan = await readRunPlan(db, alias);
  const { comparable, fields, identity } = plan.patterns;
  const field = (kind: string) => fields.find((one) => one.kind === kind && one.compare);
  const [name, born] = [field('person-name'), field('birth-date')];
  const joins: string[] = [];
  const ownValue = (one: string, id: string) => {
    const t = identifier(`own_${one}`);
    joins.push(
      `LEFT JOIN ${alias}.${tableOf('entries_', one)} ${t} ON r.${identifier(`e_${one}`)} = ${t}.entry`,
    );
    return `${t}.${id}`;
  };
  const dates = born === undefined ? [] : [ownValue(born.name, 'value')];
  if (born !== undefined && comparable.includes(born)) {
    // By the person: two builds of one reference number its values differently.
    const id = `p.${identifier(`v_${born.name}`)}`;
    joins.push(`LEFT JOIN ref.${identifier(`values_${born.name}`)} t ON ${id} = t.value_id`);
    dates.unshift('if(a.accepted, t.value, NULL)');
  }
  const dated = { person: plan.person, fields };
  const began = await personDate(db, { database: alias, which: 'from' }, dated);
  const ended = await personDate(db, { database: alias, which: 'until' }, dated);
  joins.push(...[began, ended].flatMap((date) => date?.join ?? []));
  const verdict = `(SELECT pattern, outcome IN (${[...FOUND].map((one) => OUTCOMES.indexOf(one)).join(', ')}) AS accepted FROM ${alias}.verdicts)`;
  const people = `(SELECT r.record + 1 AS record, k.record_key, if(a.accepted, r.person, NULL) AS person,
      ${identity === null ? 'NULL::VARCHAR' : 'r.find_by::VARCHAR'} AS number,
      ${name === undefined ? 'NULL::VARCHAR' : ownValue(name.name, 'value')} AS name,
      ${dates.length === 0 ? 'NULL::VARCHAR' : `coalesce(${dates.join(', ')})`} AS born,
      ${began?.value ?? 'NULL::VARCHAR'} AS began, ${ended?.value ?? 'NULL::VARCHAR'} AS ended, p.status
    FROM ${alias}.results r JOIN ${verdict} a ON r.pattern = a.pattern
    JOIN ${keys} k ON r.record = k.record
    LEFT JOIN ref.people p ON a.accepted AND r.person = p.person ${joins.join(' ')})`;
  const [counts] = await db.rows<{ rows: number; found: number }>(
    `SELECT count(*) AS rows, count(person) AS found FROM ${people}`,
  );
  return { person: plan.person, people, rows: counts?.rows ?? 0, found: counts?.found ?? 0 };
}

/** People are told apart by their numbers in the reference, so all runs must be of the same people, and one reference still there. */
async function attachReference(
  db: Database,
  folders: readonly string[],
  manifests: readonly Manifest[],
): Promise<void> {
  const found = folders.map((folder, i) => referenceOfRun(folder, manifests[i]!));
  const byHash = new Map(manifests.map(({ reference }, i) => [reference.hash, found[i]?.people]));
  const people = manifests.map(({ reference }) => byHash.get(reference.hash) ?? reference.hash);
  const other = people.findIndex((one) => one !== people[0]);
  if (other > 0) throw otherReference(manifests[other]!.run, manifests[0]!.run);
  const place = found.find((one) => one !== null)?.place;
  if (place === undefined) throw noReference(resolve(folders[0]!, manifests[0]!.reference.folder));
  await db.run(`ATTACH ${literal(join(place, REFERENCE_DATABASE))} AS ref (READ_ONLY)`);
}

function otherReference(run: string, first: string): UserError {
  return new UserError({
    what: {
      vi: `Lần chạy ${run} dùng dữ liệu tham chiếu khác với ${first}.`,
      en: `The run ${run} was made with another reference than ${first}.`,
    },
    mend: {
      vi: 'Hãy chạy lại các công việc với cùng một dữ liệu tham chiếu.',
      en: 'Run the jobs again with one and the same reference.',
    },
  });
}

function noReference(place: string): UserError {
  const what: Text = {
    vi: 'Dữ liệu tham chiếu của các lần chạy này không còn ở chỗ cũ hoặc đã đổi.',
    en: 'The reference of these runs has been moved or changed.',
  };
  return new UserError({
    what,
    where: place,
    mend: {
      vi: 'Hãy đặt nó lại chỗ cũ, hoặc chạy lại các công việc.',
      en: 'Put it back, or run the jobs again.',
    },
  });
}
