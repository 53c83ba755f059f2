// Which column of a file is which field of a sector: suggested from the header names, and from what the values are where
// the caller looked at them. A column goes to one field and a field has one column; doubt lowers the confidence.
// Example: “Số giấy tờ”, so_giay_to, SoGiayTo and SOGT all suggest `id`.
import { headersOf } from './field-headers.js';
import { type KnownName, knownName, knownNames, likeness } from './header-likeness.js';
import { headerWords } from './header-words.js';
import { HEADERS_BY_KIND, RECORD_KEY_HEADERS } from './headers.js';
import type { Sector } from './schema.js';

export interface Suggestion {
  readonly column: string;
  /** Null: no field seems to fit. */
  readonly field: string | null;
  /** 0–1. */
  readonly confidence: number;
}

/** From here on a suggestion may be taken without asking; below `MEDIUM` it is only worth a comment. */
export const HIGH = 0.85;
export const MEDIUM = 0.6;
const LEAST = 0.4;

/** No value to compare, so no kind of value's header names speak for it. */
const RECORD_KEY = 'record_key';

/** Share of a column's values that a kind's normalizer accepts, or null when nobody looked. */
export type Evidence = (column: string, kind: string) => number | null;

const NO_EVIDENCE: Evidence = () => null;

interface Candidate {
  readonly column: number;
  readonly field: string;
  readonly score: number;
}

interface Target {
  readonly field: string;
  readonly kind: string | null;
  readonly own: readonly KnownName[];
  readonly general: readonly KnownName[];
}

/** One suggestion per header, in the file's order. */
export function suggestMapping(
  header: readonly string[],
  sector: Sector,
  evidence: Evidence = NO_EVIDENCE,
): Suggestion[] {
  const targets = targetsOf(sector);
  const scores = header.map((name) => targets.map((target) => scoreOf(name, target, evidence)));
  const candidates = scores.flatMap((row, column) =>
    row.map((score, i): Candidate => ({ column, field: targets[i]!.field, score })),
  );
  const chosen = assign(candidates);
  return header.map((column, i) => {
    const candidate = chosen.get(i);
    if (!candidate) return { column, field: null, confidence: 0 };
    const confidence = candidate.score * certainty(candidate, candidates, chosen);
    return { column, field: candidate.field, confidence: Math.round(confidence * 100) / 100 };
  });
}

/**
 * The column that holds the owner's key of a record, which may be a field as well (a subscriber's number): the first that
 * bears one of the usual names. Null: none does.
 */
export function recordKeyColumn(header: readonly string[]): string | null {
  return header.find((name) => RECORD_KEY_HEADERS.includes(headerWords(name))) ?? null;
}

const TARGETS = new WeakMap<Sector, readonly Target[]>();

/** A sector has a thousand names; they are read once. */
function targetsOf(sector: Sector): readonly Target[] {
  const kept = TARGETS.get(sector) ?? makeTargets(sector);
  TARGETS.set(sector, kept);
  return kept;
}

function makeTargets(sector: Sector): Target[] {
  const kinds = Object.values(sector.fields).map(({ kind }) => kind);
  const targets = Object.entries(sector.fields).map(([field, { kind, labels }]): Target => {
    // What is said of a kind in general tells nothing between two fields of that kind (child, father, mother).
    const alone = kinds.filter((one) => one === kind).length === 1;
    return {
      field,
      kind,
      own: knownNames([field, labels.vi, labels.en, ...headersOf(sector, field)]),
      general: knownNames(
        field === RECORD_KEY ? RECORD_KEY_HEADERS : alone ? (HEADERS_BY_KIND[kind] ?? []) : [],
      ),
    };
  });
  const keyed = targets.some(({ field }) => field === RECORD_KEY);
  const key = { field: RECORD_KEY, kind: null, own: [], general: knownNames(RECORD_KEY_HEADERS) };
  return keyed ? targets : [...targets, key];
}

function scoreOf(name: string, target: Target, evidence: Evidence): number {
  const header = knownName(name);
  if (header.text === '') return 0;
  const byName = Math.max(likeness(header, target.own), 0.93 * likeness(header, target.general));
  const accepted = target.kind === null ? null : evidence(name, target.kind);
  return accepted === null ? byName : byName * evidenceFactor(accepted);
}

/** Values that are plainly of another kind count against a header that sounds right. */
function evidenceFactor(accepted: number): number {
  return accepted < 0.2 ? 0.6 : accepted < 0.5 ? 0.85 : 1;
}

/** Best pairs first; a column and a field are each used once. */
function assign(candidates: readonly Candidate[]): Map<number, Candidate> {
  const chosen = new Map<number, Candidate>();
  const taken = new Set<string>();
  const ranked = candidates
    .filter(({ score }) => score >= LEAST)
    .toSorted((a, b) => b.score - a.score || a.column - b.column);
  for (const candidate of ranked) {
    if (chosen.has(candidate.column) || taken.has(candidate.field)) continue;
    chosen.set(candidate.column, candidate);
    taken.add(candidate.field);
  }
  return chosen;
}

/**
 * Less than 1 when another column fits the same field, or another field the same column, about as well. What found a better
 * place elsewhere is no rival.
 */
function certainty(
  candidate: Candidate,
  rivals: readonly Candidate[],
  chosen: ReadonlyMap<number, Candidate>,
): number {
  const fieldOwners = new Map([...chosen.values()].map((one) => [one.field, one]));
  const scores = rivals
    .filter((other) => (other.column === candidate.column) !== (other.field === candidate.field))
    .filter((other) => {
      const settled =
        other.column === candidate.column ? fieldOwners.get(other.field) : chosen.get(other.column);
      return settled === undefined || settled.score <= other.score;
    })
    .map(({ score }) => score);
  const margin = candidate.score - Math.max(0, ...scores);
  return margin >= 0.1 ? 1 : margin >= 0.03 ? 0.8 : 0.7;
}
