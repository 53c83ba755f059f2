/** Fills the clean draft of a table's row: its cells, and what the source never had of the person. */
import { filledPattern } from './cells.js';
import { cleanDraft, type Draft, type Extract, worse } from './draft.js';
import { asTcvn3 } from './legacy-text.js';
import type { Person } from './person.js';
import type { Random } from './random.js';
import type { SectorTable } from './sector-table.js';
import { partsOf } from './table-says.js';

interface Turn {
  readonly random: Random;
  readonly sequence: number;
}

export function fillRow(table: SectorTable, extract: Extract, draft: Draft, turn: Turn): void {
  const { person, known } = draft;
  const { random, sequence } = turn;
  draft.key = filledPattern(table.key, random, sequence);
  draft.paper = 'CCCD';
  draft.address = person.address;
  draft.phone = `09${filledPattern('########', random)}`;
  draft.insurance = `${person.birthPlace.code}${String(10_000_000 + ((sequence * 7919) % 90_000_000))}`;
  draft.event = table.event?.(draft, random, sequence) ?? '';
  if (mayLackNumber(draft) && random.chance(table.paper ?? 0)) bareTheName(draft);
  draft.own = table.columns.map(([, , cell]) =>
    typeof cell === 'function' ? cell(draft, random, sequence) : '',
  );
  writtenAsTheSourceDoes(table, draft);
  if (mayLackNumber(draft) && random.chance(table.withoutNumber ?? 0)) leaveOutNumber(draft);
  forgetWhatIsNotSaid(table, draft, null);
  for (const [role, find] of Object.entries(table.others ?? {})) {
    const other = find(person);
    draft.others[role] = other && roleDraft(table, extract, { role, person: other, known });
    const there = draft.others[role];
    if (there && mayLackNumber(there) && random.chance(table.withoutNumber ?? 0)) leaveOutNumber(there);
  }
}

/** A clean draft of one of the other people of a record. */
export function roleDraft(
  table: SectorTable,
  extract: Extract,
  one: { role: string; person: Person; known: boolean },
): Draft {
  const draft = cleanDraft(extract, one.person, one.known);
  draft.paper = 'CCCD';
  writtenAsTheSourceDoes(table, draft);
  forgetWhatIsNotSaid(table, draft, one.role);
  if (!one.known) {
    draft.reasons.push('id.not_found');
    draft.outcome = 'not_found';
  }
  return draft;
}

/** Of two people who agree in everything else the number is kept, or nobody could tell them apart. */
function mayLackNumber({ known, person }: Draft): boolean {
  return known && person.alike === null;
}

export const PAPER = 'GIẤY BÌA';

function bareTheName(draft: Draft): void {
  draft.paper = PAPER;
  draft.born = String(draft.person.year);
  yearAlone(draft);
  leaveOutNumber(draft);
}

function writtenAsTheSourceDoes({ dates, names }: SectorTable, draft: Draft): void {
  if (dates === 'year') yearAlone(draft);
  if (names === 'TCVN3') oldLetters(draft);
}

/** The source keeps the year of birth only: less than the reference says, unless that knows no more. */
function yearAlone(draft: Draft): void {
  if (draft.person.day === 0) return;
  draft.reasons.push('born.year_only');
  draft.outcome = worse(draft.outcome, 'match_after_cleaning');
}

function oldLetters(draft: Draft): void {
  const plain = draft.name;
  draft.name = asTcvn3(plain);
  if (draft.name === plain) return;
  draft.reasons.push('name.format');
  draft.outcome = worse(draft.outcome, 'match_after_cleaning');
}

function leaveOutNumber(draft: Draft): void {
  if (draft.id === '') return;
  draft.id = '';
  draft.readId = null;
  draft.reasons.push('id.missing');
  draft.outcome = worse(draft.outcome, 'linked');
}

/** What has no column cannot contradict anything. */
function forgetWhatIsNotSaid({ columns, meansSex }: SectorTable, draft: Draft, role: string | null): void {
  const parts = partsOf(columns, role);
  if (!parts.has('born')) draft.readYear = null;
  if (!parts.has('id')) draft.readId = null;
  if (parts.has('cross for women')) {
    if (draft.person.sex === 'F') return;
    draft.reasons.push('sex.missing');
    draft.readSex = null;
  } else if (!parts.has('sex') && !parts.has('sex as digit')) {
    draft.readSex = meansSex?.[role ?? 'main'] ?? null;
  }
}
