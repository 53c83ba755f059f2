/** What a perfect tool reports of a row, by the tables of the design. */
import type { Draft, Extract } from './draft.js';

export interface Truth {
  readonly key: string;
  readonly referenceId: string;
  readonly outcome: string;
  readonly reasons: string;
}

export function truthOf(extract: Extract, draft: Draft): Truth {
  const { outcome, known, person } = draft;
  const nothing = draft.reasons.length === 0 && outcome === 'match' && person.status === 'alive';
  if (nothing && !contradictsDigits(draft)) {
    return { key: draft.key, referenceId: person.id, outcome, reasons: '' };
  }
  const reasons = new Set(draft.reasons);
  if (contradictsDigits(draft)) reasons.add('id.structure');
  const empty = (field: string): boolean =>
    reasons.has(`${field}.missing`) || reasons.has(`${field}.invalid`);
  if (extract.required.some(empty)) reasons.add('record.required_missing');
  const found = ['match', 'match_after_cleaning', 'mismatch', 'linked'].includes(outcome) && known;
  if (found && person.status === 'dead') reasons.add('person.deceased');
  if (found && person.status === 'left') reasons.add('person.absent');
  return {
    key: draft.key,
    referenceId: known && outcome !== 'unusable' ? person.id : '',
    outcome,
    reasons: reasons.size === 0 ? '' : [...reasons].sort().join(';'),
  };
}

/** The digits for sex and year of the number as written, against sex and year as written. */
function contradictsDigits({ readId, readSex, readYear }: Draft): boolean {
  if (readId === null) return false;
  const digit = readId.charCodeAt(3) - 48;
  const year = 1900 + 100 * (digit >> 1) + Number(readId.slice(4, 6));
  return (
    (readYear !== null && year !== readYear) || (readSex !== null && (digit % 2 === 0) !== (readSex === 'M'))
  );
}
