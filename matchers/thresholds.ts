// Where to accept, where to ask, set by the program from the probabilities themselves: if the scores were honest, the expected number
// of false links among those accepted would be the sum of (1 − probability). They are not quite: fields lean on each other in more ways
// than the model knows, so that evidence is counted twice. So each bit of the odds is taken for 0.85 of one when false links
// are estimated (`risk`); what is accepted goes by that estimate, which is the one that users are shown. Source: the estimate of false-match rates from the model in Belin & Rubin 1995, and their finding that
// it is too hopeful; the 0.85 is from the sets in docs/matching.md. Example: probability 0.9995 (11 bits) → risk 0.16 %.

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
  /** Expected share of false links among those accepted: their mean risk. */
  readonly falseLinkRate: number;
}

/** Thresholds that a job sets itself. */
export interface FixedThresholds {
  readonly accept?: number;
  readonly review?: number;
}

/** What a bit of evidence is worth in the estimate of false links. */
const CREDIT = 0.85;
/** Nobody is surer than this. */
const LEAST_DOUBT = 1e-15;

/** Probability that a link is false, 0–1, from that of its being right: the odds taken for less than they say. */
export function risk(probability: number): number {
  return 1 / (1 + (probability / Math.max(1 - probability, LEAST_DOUBT)) ** CREDIT);
}

/** The same as an SQL expression over a column. */
export function riskSql(probability: string): string {
  return `(1 / (1 + pow(${probability} / greatest(1 - ${probability}, ${LEAST_DOUBT}), ${CREDIT})))`;
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
  const wrong = taken.reduce((sum, band) => sum + band.records * risk(band.probability), 0);
  return { accept, review, falseLinkRate: links === 0 ? 0 : wrong / links };
}

function nextAbove(descending: readonly ScoreBand[], probability: number): number {
  return descending.findLast((band) => band.probability > probability)?.probability ?? 1;
}

export const DEFAULT_FALSE_LINK_RATE = 0.001;
/** 1 − probability of the least sure of the accepted links may be this many times the average allowed. */
const RISKIEST = 3;

/**
 * The lowest accept threshold whose rate of false links, the mean risk, stays within `rate` and below which no single link is much
 * less probable, with that rate; and the review threshold at which the expected F1 of the best candidates is greatest. `expected` is how
 * many records have their person in the reference, by the model.
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
  let feared = 0;
  for (const band of descending) {
    links += band.records;
    wrong += band.records * (1 - band.probability);
    feared += band.records * risk(band.probability);
    within &&= feared / links <= rate;
    if (band.probability >= surest) {
      if (within) falseLinkRate = feared / links;
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
