// Shares: the one place that divides one count by another. A summary gets them when it is made and again when it is read, so that a file
// of an older program, which has none, is shown the same.
import { OUTCOMES } from '../matchers/outcomes.js';
import type {
  FieldQuality,
  FieldShares,
  Figures,
  Linking,
  QualityMark,
  ReasonRow,
  RowShares,
  Summary,
} from './model.js';
import type { CaseFigures, CaseSummary } from './model-cases.js';
import { matchesAsSubmitted } from './model-changes.js';

/** Names of the fields that `withShares` fills in. */
type FilledIn = 'share' | 'share_of_rows' | 'none';

/** A part of the model as it was counted, before its shares are filled in. */
export type Counted<T> = T extends readonly (infer Item)[]
  ? readonly Counted<Item>[]
  : T extends object
    ? { readonly [Key in keyof T as Exclude<Key, FilledIn>]: Counted<T[Key]> }
    : T;

/** `n` of `whole`, 0–1 where it is a part of it; null where there is no whole. */
export function shareOf(n: number, whole: number): number | null {
  return whole === 0 ? null : n / whole;
}

/** The summary with its shares, from its counts; shares that it has already are worked out anew. */
export function withShares(counted: Counted<Summary>): Summary {
  const { apart, ...others } = counted;
  const { figures, previous, linking, cases } = others;
  const outcomes = outcomeNames([figures, ...(previous === null ? [] : [previous.figures])]);
  return {
    ...others,
    share: rowShares(figures, outcomes),
    previous: previous === null ? null : { ...previous, share: rowShares(previous.figures, outcomes) },
    ...(apart === undefined
      ? {}
      : { apart: apart.map((row) => ({ ...row, share: shareOf(row.matched, row.rows) })) }),
    mending: counted.mending.map((row) => ({
      ...row,
      share: shareOf(row.rows, figures.mismatch_as_submitted),
    })),
    reasons: counted.reasons.map((row) => reasonShares(row, figures)),
    fields: counted.fields.map((field) => qualityShares(field, counted)),
    marks: counted.marks.map(markShares),
    linking: linking === null ? null : withNone(linking),
    cases: cases === null ? null : caseShares(cases),
  };
}

/** The usual outcomes, and what else either period had, so that both can be shown side by side. */
function outcomeNames(figures: readonly Figures[]): string[] {
  const usual = OUTCOMES.filter((outcome) => outcome !== 'apart');
  return [...new Set([...usual, ...figures.flatMap((one) => Object.keys(one.outcomes))])];
}

function rowShares(figures: Figures, outcomes: readonly string[]): RowShares {
  const of = (n: number) => shareOf(n, figures.rows);
  return {
    rows: of(figures.rows),
    match_as_submitted: of(matchesAsSubmitted(figures)),
    mismatch_as_submitted: of(figures.mismatch_as_submitted),
    outcomes: Object.fromEntries(outcomes.map((name) => [name, of(figures.outcomes[name] ?? 0)])),
  };
}

/** Outcomes of rows that are not compared: they have reasons too. */
const NOT_COMPARED = ['apart', 'rejected'] as const;

function reasonShares(row: Counted<ReasonRow>, { compared, rows }: Figures): ReasonRow {
  const others = NOT_COMPARED.reduce((sum, outcome) => sum + (row.by_outcome[outcome] ?? 0), 0);
  const share = others === row.rows ? null : shareOf(row.rows - others, compared);
  return { ...row, share, share_of_rows: shareOf(row.rows, rows) };
}

function qualityShares(
  field: Counted<FieldQuality>,
  { figures, previous }: Pick<Counted<Summary>, 'figures' | 'previous'>,
): FieldQuality {
  const before = field.previous;
  const recordsBefore = previous === null ? 0 : recordsOf(previous.figures);
  return {
    ...field,
    share: fieldShares(field, recordsOf(figures)),
    previous: before === null ? null : { ...before, share: fieldShares(before, recordsBefore) },
  };
}

function fieldShares(
  { filled, usable }: Pick<FieldQuality, 'filled' | 'usable'>,
  records: number,
): FieldShares {
  return { filled: shareOf(filled, records), usable: shareOf(usable, records) };
}

/** Rows that could be read: those set apart have values as well. */
function recordsOf({ rows, outcomes }: Figures): number {
  return rows - (outcomes['rejected'] ?? 0);
}

function markShares(mark: Counted<QualityMark>): QualityMark {
  const of = ({ numerator, denominator }: Pick<QualityMark, 'numerator' | 'denominator'>) =>
    shareOf(numerator, denominator);
  const before = mark.previous;
  return { ...mark, share: of(mark), previous: before === null ? null : { ...before, share: of(before) } };
}

function withNone(linking: Counted<Linking>): Linking {
  const { records, linked, possible, ambiguous } = linking;
  return { ...linking, none: records - linked - possible - ambiguous };
}

function caseShares({ total, groups, plan }: Counted<CaseSummary>): CaseSummary {
  const rowsOf = ({ rows, ...named }: Counted<CaseSummary>['groups'][number]) => ({
    ...named,
    rows: rows.map((row) => ({ ...row, figures: ageShares(row.figures) })),
  });
  return { total: ageShares(total), groups: groups.map(rowsOf), plan };
}

function ageShares(figures: Counted<CaseFigures>): CaseFigures {
  const { ageing, closing } = figures;
  return { ...figures, ageing: ageing.map((band) => ({ ...band, share: shareOf(band.cases, closing) })) };
}
