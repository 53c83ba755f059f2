// Which column of a file is which field of a sector: suggested from the header names, and from what the values are where
// the caller looked at them. A column goes to one field and a field has one column; doubt lowers the confidence.
// Example: “Số giấy tờ”, so_giay_to, SoGiayTo and SOGT all suggest `id`.
import { HEADERS_BY_KIND, NEUTRAL_WORDS, OTHER_WORDS, RECORD_KEY_HEADERS } from './headers.js';
import type { Sector } from './schema.js';
import { alike } from './suggest.js';

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
  readonly own: readonly string[];
  readonly general: readonly string[];
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

/** The header without marks, case, blanks and punctuation: `Số định danh` and `SoDinhDanh` → `sodinhdanh`. */
export function foldHeader(name: string): string {
  return headerWords(name).replaceAll(' ', '');
}

/** The header's words in lower case without marks: `SốGiấyTờ_KH` → `so giay to kh`. */
export function headerWords(name: string): string {
  return name
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function targetsOf(sector: Sector): Target[] {
  const kinds = Object.values(sector.fields).map(({ kind }) => kind);
  const targets = Object.entries(sector.fields).map(([field, { kind, headers, labels }]): Target => {
    // What is said of a kind in general tells nothing between two fields of that kind (child, father, mother).
    const alone = kinds.filter((one) => one === kind).length === 1;
    return {
      field,
      kind,
      own: unique([field, labels.vi, labels.en, ...headers]),
      general: field === RECORD_KEY ? RECORD_KEY_HEADERS : unique(alone ? (HEADERS_BY_KIND[kind] ?? []) : []),
    };
  });
  const keyed = targets.some(({ field }) => field === RECORD_KEY);
  return keyed
    ? targets
    : [...targets, { field: RECORD_KEY, kind: null, own: [], general: RECORD_KEY_HEADERS }];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names.map(headerWords).filter((name) => name !== ''))];
}

function scoreOf(name: string, target: Target, evidence: Evidence): number {
  const words = headerWords(name);
  if (words === '') return 0;
  const byName = Math.max(nameScore(words, target.own, 1), nameScore(words, target.general, 0.93));
  const accepted = target.kind === null ? null : evidence(name, target.kind);
  return accepted === null ? byName : byName * evidenceFactor(accepted);
}

/** Values that are plainly of another kind count against a header that sounds right. */
function evidenceFactor(accepted: number): number {
  return accepted < 0.2 ? 0.6 : accepted < 0.5 ? 0.85 : 1;
}

function nameScore(words: string, known: readonly string[], best: number): number {
  if (known.length === 0) return 0;
  if (known.includes(words)) return best;
  const compact = words.replaceAll(' ', '');
  const knownCompact = known.map((name) => name.replaceAll(' ', ''));
  if (knownCompact.includes(compact)) return best * 0.98;
  return best * Math.max(withinWords(words, known), likeness(words, known));
}

/** The known header stands in the column's with other words around it: how much do those change? */
function withinWords(words: string, known: readonly string[]): number {
  const scores = known.map((name) => {
    const rest = restOf(words.split(' '), name.split(' '));
    if (rest === null || name.length < 3) return 0;
    if (rest.some((word) => OTHER_WORDS.has(word))) return 0.3;
    return rest.every((word) => NEUTRAL_WORDS.has(word) || /^\d+$/.test(word)) ? 0.88 : 0.65;
  });
  return Math.max(0, ...scores);
}

/** The words of `all` that are not in `part`; null when `part` is not wholly in it. */
function restOf(all: readonly string[], part: readonly string[]): string[] | null {
  const rest = [...all];
  for (const word of part) {
    const at = rest.indexOf(word);
    if (at < 0) return null;
    rest.splice(at, 1);
  }
  return rest;
}

/** A misspelt header; short ones differ by one letter and mean something else (`dt`, `gt`), so they must be exact. */
function likeness(words: string, known: readonly string[]): number {
  const compact = words.replaceAll(' ', '');
  if (compact.length < 5) return 0;
  const others = words.split(' ').filter((word) => OTHER_WORDS.has(word));
  const comparable = known.filter((name) => others.every((word) => name.split(' ').includes(word)));
  const candidates = comparable.map((name) => name.replaceAll(' ', '')).filter((name) => name.length >= 5);
  const best = alike(compact, candidates)[0];
  return best === undefined || best.score < 0.7 ? 0 : best.score * 0.85;
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
