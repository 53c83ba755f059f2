// The figures of a run as the ledger keeps them: one small row per number, so that periods can be compared in SQL and a
// new metric needs no new column.

/** What is counted over a set of rows; the shape is that of the figures in reports/model.ts. */
export interface CountedFigures {
  readonly rows: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly compared: number;
  readonly mismatch_as_submitted: number;
  readonly mismatch_after_cleaning: number;
}

export interface RecalledFigures extends CountedFigures {
  readonly rate_as_submitted: number | null;
  readonly rate_after_cleaning: number | null;
}

/** The part of a run's summary that the ledger remembers; a report's `Summary` fits as it is. */
export interface CountedRun {
  readonly run: string;
  readonly job: string;
  readonly sector: { readonly name: string };
  readonly period: string;
  readonly version: string;
  readonly job_hash: string;
  readonly reference: { readonly hash: string };
  readonly figures: CountedFigures;
  readonly groups: readonly {
    readonly field: string;
    readonly rows: readonly { readonly value: string | null; readonly figures: CountedFigures }[];
  }[];
  readonly reasons: readonly { readonly code: string; readonly rows: number }[];
  readonly marks: readonly {
    readonly mark: string;
    readonly numerator: number;
    readonly denominator: number;
  }[];
  readonly fields: readonly {
    readonly field: string;
    readonly filled: number;
    readonly usable: number;
    readonly distinct: number;
    readonly problems: readonly { readonly problem: string; readonly rows: number }[];
  }[];
  readonly mending: readonly { readonly who: string; readonly rows: number }[];
  /** Null: cases were not counted. */
  readonly cases?: {
    readonly total: CountedCases;
    readonly groups: readonly {
      readonly field: string;
      readonly rows: readonly { readonly value: string | null; readonly figures: CountedCases }[];
    }[];
  } | null;
}

/** Cases of a run by movement; the shape is that of `CaseFigures` in reports/model-cases.ts. */
export interface CountedCases {
  readonly opening: number;
  readonly new: number;
  readonly reopened: number;
  readonly resolved: number;
  readonly waived: number;
  readonly closing: number;
  readonly ageing: readonly { readonly from: number; readonly cases: number }[];
}

export interface FigureRow {
  readonly group_field: string;
  readonly group_value: string;
  readonly metric: string;
  readonly n: number;
}

/** Metric → n, as read back for one run or one value of a group. */
export type Metrics = ReadonlyMap<string, number>;

/** Every figure of a run as rows of the table `figures`. */
export function figureRows(run: CountedRun): FigureRow[] {
  return [
    ...rowsOf('', null, metricsOf(run.figures)),
    ...rowsOf('', null, extrasOf(run)),
    ...run.groups.flatMap(({ field, rows }) =>
      rows.flatMap(({ value, figures }) => rowsOf(field, value, metricsOf(figures))),
    ),
    ...(run.cases == null ? [] : caseRows(run.cases)),
  ];
}

/** The figures that `metrics` were written from; both rates follow from them. */
export function figuresFrom(metrics: Metrics): RecalledFigures {
  const compared = metrics.get('compared') ?? 0;
  const submitted = metrics.get('mismatch_as_submitted') ?? 0;
  const cleaned = metrics.get('mismatch_after_cleaning') ?? 0;
  return {
    rows: metrics.get('rows') ?? 0,
    outcomes: Object.fromEntries(under(metrics, 'outcome.')),
    compared,
    mismatch_as_submitted: submitted,
    mismatch_after_cleaning: cleaned,
    rate_as_submitted: compared === 0 ? null : submitted / compared,
    rate_after_cleaning: compared === 0 ? null : cleaned / compared,
  };
}

/** The metrics whose name starts with `prefix`, without it, in a fixed order. */
export function under(metrics: Metrics, prefix: string): [string, number][] {
  return [...metrics]
    .filter(([metric]) => metric.startsWith(prefix))
    .map(([metric, n]): [string, number] => [metric.slice(prefix.length), n])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function metricsOf(figures: CountedFigures): [string, number][] {
  const { outcomes, rows, compared, mismatch_as_submitted, mismatch_after_cleaning } = figures;
  return [
    ...Object.entries({ rows, compared, mismatch_as_submitted, mismatch_after_cleaning }),
    ...Object.entries(outcomes).map(([outcome, n]): [string, number] => [`outcome.${outcome}`, n]),
  ];
}

function extrasOf(run: CountedRun): [string, number][] {
  return [
    ...run.reasons.map(({ code, rows }): [string, number] => [`reason.${code}`, rows]),
    ...run.marks.flatMap(({ mark, numerator, denominator }): [string, number][] => [
      [`mark.${mark}.numerator`, numerator],
      [`mark.${mark}.denominator`, denominator],
    ]),
    ...run.fields.flatMap(({ field, filled, usable, distinct, problems }): [string, number][] => [
      [`field.${field}.filled`, filled],
      [`field.${field}.usable`, usable],
      [`field.${field}.distinct`, distinct],
      ...problems.map(({ problem, rows }): [string, number] => [`field.${field}.problem.${problem}`, rows]),
    ]),
    ...run.mending.map(({ who, rows }): [string, number] => [`mending.${who}`, rows]),
  ];
}

function caseRows({ total, groups }: NonNullable<CountedRun['cases']>): FigureRow[] {
  return [
    ...rowsOf('', null, caseMetrics(total)),
    ...groups.flatMap(({ field, rows }) =>
      rows.flatMap(({ value, figures }) => rowsOf(field, value, caseMetrics(figures))),
    ),
  ];
}

/** `case.age.8`: cases at least 8 days old, up to the next band. */
function caseMetrics({ ageing, ...movements }: CountedCases): [string, number][] {
  return [
    ...CASE_MOVEMENTS.map((name): [string, number] => [`case.${name}`, movements[name]]),
    ...ageing.map(({ from, cases }): [string, number] => [`case.age.${from}`, cases]),
  ];
}

const CASE_MOVEMENTS = ['opening', 'new', 'reopened', 'resolved', 'waived', 'closing'] as const;

function rowsOf(field: string, value: string | null, metrics: readonly [string, number][]): FigureRow[] {
  return metrics.map(([metric, n]) => ({ group_field: field, group_value: value ?? '', metric, n }));
}
