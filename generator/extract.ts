/**
 * Makes the rows of one extract: chooses people, lets errors happen to some rows, and notes for each what a perfect tool
 * reports. The people come in pools, a few chunks from all over the population at a time.
 */
import { cleanDraft, type Draft, type Extract, type Scene, worse } from './draft.js';
import {
  ERRORS,
  LOSES_PERSON,
  LOSSES,
  needsOf,
  type RowError,
  rateOf,
  SECOND_ERRORS,
  VARIATIONS,
} from './errors.js';
import type { Person } from './person.js';
import { nextPerson, nextStranger, type Pool, poolOf, unusedPerson } from './pool.js';
import { draw, type Random, shuffle, type Weighted, weighted } from './random.js';
import { type Truth, truthOf } from './truth.js';
import { csvLine } from './write.js';

export interface ExtractSettings {
  readonly extract: Extract;
  readonly random: Random;
  /** Share of the rows that get an error. */
  readonly dirt: number;
  /** Every error is to occur at least once where people allow it; for small samples. */
  readonly everyError: boolean;
}

export interface Row {
  readonly line: string;
  readonly truth: Truth;
}

/** What goes on from pool to pool. */
interface State {
  readonly settings: ExtractSettings;
  readonly errors: Weighted<RowError>;
  readonly variations: Weighted<RowError>;
  readonly second: readonly RowError[];
  pending: RowError[];
  sequence: number;
  readonly recent: Row[];
  readonly applied: Map<string, number>;
}

export interface ExtractMaker {
  /** Up to `quota` rows about the people of a pool; fewer when too few of them belong in such an extract. */
  rows(people: readonly Person[], strangers: readonly Person[], quota: number): Generator<Row>;
  /** How often each error has been made. */
  readonly applied: ReadonlyMap<string, number>;
}

const VARIATION = 0.12;
const SECOND_ERROR = 0.1;
const RECENT = 64;
const TRIES = 25;
/** When only so many errors have not occurred yet, every row is tried for them: they need people of a rare kind. */
const HARD = 8;

export function extractMaker(settings: ExtractSettings): ExtractMaker {
  const rate = (error: RowError): number => rateOf(error, settings.extract);
  const happens = (error: RowError): boolean => rate(error) > 0;
  const errors = ERRORS.filter(happens);
  const variations = VARIATIONS.filter(happens);
  const state: State = {
    settings,
    errors: weighted(errors, errors.map(rate)),
    variations: weighted(variations, variations.map(rate)),
    second: ERRORS.filter((error) => SECOND_ERRORS.includes(error.name)),
    pending: settings.everyError ? shuffle([...variations, ...errors], settings.random) : [],
    sequence: 0,
    recent: [],
    applied: new Map(),
  };
  return {
    rows: (people, strangers, quota) => rowsOf(state, poolOf(settings, people, strangers), quota),
    applied: state.applied,
  };
}

function* rowsOf(state: State, pool: Pool, quota: number): Generator<Row> {
  const { extract, random } = state.settings;
  let left = quota;
  while (left > 0) {
    const person = nextPerson(pool);
    if (person === null) return;
    for (let rows = extract.rows(random); rows > 0 && left > 0; rows--) {
      for (const row of rowsAbout(state, pool, person, left)) {
        left -= 1;
        yield row;
      }
    }
  }
}

function filled(state: State, person: Person, known: boolean): Draft {
  const draft = cleanDraft(state.settings.extract, person, known);
  state.settings.extract.fill(draft, state.settings.random, state.sequence);
  return draft;
}

/** The row about a person, and the rows that an error of it brings along. */
function rowsAbout(state: State, pool: Pool, person: Person, room: number): readonly Row[] {
  const draft = filled(state, person, true);
  state.sequence += 1;
  const { random, dirt } = state.settings;
  const dirty = random.chance(dirt);
  const hard = !dirty && state.pending.length > 0 && state.pending.length <= HARD;
  if (!dirty && !hard && !random.chance(VARIATION)) return [finished(state, draft)];
  const extra: Draft[] = [];
  const scene = sceneOf(state, pool, extra, room);
  if (dirty) damage(state, draft, scene);
  else if (hard) applyPending(state, draft, scene);
  else apply(state, draw(state.variations, random), draft, scene);
  return [draft, ...extra].map((one) => finished(state, one));
}

function sceneOf(state: State, pool: Pool, extra: Draft[], room: number): Scene {
  const { extract, random, everyError } = state.settings;
  return {
    extract,
    random,
    unused: (fits) => unusedPerson(pool, fits, everyError),
    stranger: () => nextStranger(pool),
    recast: (draft, person, known) => Object.assign(draft, filledAgain(state, person, known)),
    addRow: (person, reasons) => {
      if (extra.length + 1 >= room || !extract.eligible(person)) return false;
      const added = filled(state, person, true);
      if (added.id === '') return false;
      state.sequence += 1;
      added.reasons.push(...reasons);
      extra.push(added);
      return true;
    },
    canRepeat: state.recent.length > 0,
  };
}

/** Somebody else's row in place of this one; it keeps its number in the file. */
function filledAgain(state: State, person: Person, known: boolean): Draft {
  const other = cleanDraft(state.settings.extract, person, known);
  state.settings.extract.fill(other, state.settings.random, state.sequence - 1);
  return other;
}

function damage(state: State, draft: Draft, scene: Scene): void {
  const error = firstError(state, draft, scene);
  if (error !== null && state.settings.random.chance(SECOND_ERROR)) secondError(state, draft, scene, error);
}

function firstError(state: State, draft: Draft, scene: Scene): RowError | null {
  const wanted = applyPending(state, draft, scene);
  if (wanted !== null) return wanted;
  for (let i = 0; i < TRIES; i++) {
    const error = draw(state.errors, state.settings.random);
    if (apply(state, error, draft, scene)) return error;
  }
  return null;
}

function applyPending(state: State, draft: Draft, scene: Scene): RowError | null {
  return state.pending.find((error) => apply(state, error, draft, scene)) ?? null;
}

function secondError(state: State, draft: Draft, scene: Scene, first: RowError): void {
  const simple =
    ['match_after_cleaning', 'mismatch', 'linked'].includes(draft.outcome) && first.field !== 'record';
  const error = state.settings.random.pick(state.second);
  const harmless = first.name !== 'reissued-number' && first.name !== 'shared-number';
  if (simple && harmless && error.field !== first.field && rateOf(error, state.settings.extract) > 0)
    apply(state, error, draft, scene);
}

/** Lets an error happen; undone when it cannot happen to this row. */
function apply(state: State, error: RowError, draft: Draft, scene: Scene): boolean {
  const hit = whoItHappensTo(state, error, draft);
  if (hit === null) return false;
  const { one, required } = hit;
  if (!isPossible(error, one, state.settings.extract.roles !== undefined)) return false;
  const before = { ...one, reasons: [...one.reasons], others: { ...one.others } };
  if (!error.damage(one, scene)) {
    Object.assign(one, before);
    return false;
  }
  one.reasons.push(...error.reasons);
  one.outcome = worse(one.outcome, outcomeOf(error, state.settings.extract, required));
  state.applied.set(error.name, (state.applied.get(error.name) ?? 0) + 1);
  if (state.pending.length > 0) state.pending = state.pending.filter((other) => other !== error);
  return true;
}

function isPossible(error: RowError, { born, id, person }: Draft, several: boolean): boolean {
  if (error.outcome === 'linked' && person.alike !== null) return false;
  if (id === '' && LOSES_PERSON.has(error.name)) return false;
  // Name and birth date are all there is of one of several people: a wrong one would leave too little.
  if (id === '' && several && error.field === 'born') return false;
  return error.field !== 'born' || born.length !== 4;
}

interface Hit {
  readonly one: Draft;
  /** Fields that this person must have. */
  readonly required: readonly string[];
}

/** Of several people in a record one is hit; what concerns the record as a whole starts from the main one. */
function whoItHappensTo({ settings }: State, error: RowError, draft: Draft): Hit | null {
  const { roles, required } = settings.extract;
  if (roles === undefined || error.field === 'record') return { one: draft, required };
  const role = settings.random.pick(roles);
  const one = role === roles[0] ? draft : (draft.others[role.name] ?? null);
  if (one === null || one.outcome === 'apart') return null;
  return needsOf(error).every((need) => role.says.has(need)) ? { one, required: role.required } : null;
}

/** As the model says, but for what the sector makes of it: a loss where it is strict, an empty field that nobody requires. */
function outcomeOf(error: RowError, { strict }: Extract, required: readonly string[]): RowError['outcome'] {
  if (error.name.endsWith('-missing') && error.outcome === 'mismatch' && !required.includes(error.field)) {
    return 'match';
  }
  return strict && LOSSES.has(error.name) ? 'mismatch' : error.outcome;
}

function finished(state: State, draft: Draft): Row {
  const { extract, random } = state.settings;
  if (draft.line === 'repeated') return repeatedRow(random.pick(state.recent));
  const cells = extract.cells(draft);
  const { delimiter } = extract.style;
  if (draft.line !== 'whole') {
    const broken =
      draft.line === 'truncated' ? cells.slice(0, 3) : [...cells, cells[3] as string, cells[4] as string];
    return {
      line: csvLine(broken, delimiter),
      truth: { key: '', referenceIds: [''], outcome: 'rejected', reasons: '' },
    };
  }
  const row: Row = { line: csvLine(cells, delimiter), truth: truthOf(extract, draft) };
  // A table’s rows with another’s number are not repeated: one number twice would look shared.
  if (extract.says !== undefined && draft.reasons.includes('id.belongs_to_other')) return row;
  if (state.recent.length < RECENT) state.recent.push(row);
  else state.recent[random.below(RECENT)] = row;
  return row;
}

function repeatedRow(row: Row): Row {
  const reasons = [...new Set([...row.truth.reasons.split(';'), 'record.duplicate'])].filter(
    (code) => code !== '',
  );
  return { line: row.line, truth: { ...row.truth, reasons: reasons.sort().join(';') } };
}
