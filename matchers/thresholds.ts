// Where to accept, where to ask, set by the program from the probabilities themselves: if the scores are honest, the expected number
// of false links among those accepted is the sum of (1 − probability). Source: the estimate of false-match rates from
// the model in Belin & Rubin 1995. Example: 1,000 links at 0.9995 each → half a false link expected, rate 0.05 %.

/** Records whose best candidate has about this probability. */
export interface ScoreBand {
  readonly probability: number;
  readonly records: number;
}

export interface Thresholds {
  /** A best candidate at or above is linked. */
  readonly accept: number;
  /** At or above, a person looks at it; below, nobody fits. */
  readonly review: number;
  /** Expected share of false links among those accepted. */
  readonly falseLinkRate: number;
}

/** Thresholds that a job sets itself. */
export interface FixedThresholds {
  readonly accept?: number;
  readonly review?: number;
}

/**
 * The program's own thresholds with those the job sets in their place; the rate is then what is to be expected of these. Review
 * never lies above accept: of the two the one that the job sets stays.
 */
export function fixThresholds(
  own: Thresholds,
  fixed: FixedThresholds,
  bands: readonly ScoreBand[],
): Thresholds {
  if (fixed.accept === undefined && fixed.review === undefined) return own;
  const accept = fixed.accept ?? Math.max(own.accept, fixed.review ?? 0);
  const review = Math.min(fixed.review ?? own.review, accept);
  const taken = bands.filter((band) => band.probability >= accept);
  const links = taken.reduce((sum, band) => sum + band.records, 0);
  const wrong = taken.reduce((sum, band) => sum + band.records * (1 - band.probability), 0);
  return { accept, review, falseLinkRate: links === 0 ? 0 : wrong / links };
}

function nextAbove(descending: readonly ScoreBand[], probability: number): number {
  return descending.findLast((band) => band.probability > probability)?.probability ?? 1;
}

export const DEFAULT_FALSE_LINK_RATE = 0.001;
/** The least sure of the accepted links may be this many times as risky as the average allowed. */
const RISKIEST = 3;

/**
 * The lowest accept threshold whose expected rate of false links stays within `rate` and below which no single link is much
 * riskier; and the review threshold at which the expected F1 of the best candidates is greatest. `expected` is how many
 * records have their person in the reference, by the model.
 */
export function setThresholds(
  bands: readonly ScoreBand[],
  expected: number,
  rate: number = DEFAULT_FALSE_LINK_RATE,
): Thresholds {
  const descending = [...bands].sort((a, b) => b.probability - a.probability);
  const surest = Math.min(1 - rate * RISKIEST, 1);
  let accept = surest;
  let falseLinkRate = 0;
  let within = true;
  let review = surest;
  let best = 0;
  let links = 0;
  let wrong = 0;
  for (const band of descending) {
    links += band.records;
    wrong += band.records * (1 - band.probability);
    within &&= wrong / links <= rate;
    if (band.probability >= surest) {
      if (within) falseLinkRate = wrong / links;
      else accept = Math.max(accept, nextAbove(descending, band.probability));
    }
    const f1 = (2 * (links - wrong)) / (links + Math.max(expected, links - wrong));
    if (f1 >= best) {
      best = f1;
      review = band.probability;
    }
  }
  return { accept, review: Math.min(review, accept), falseLinkRate };
}
