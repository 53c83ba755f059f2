// From pairs of records that are probably the same person to groups. Joining all that hang together would chain strangers; so two
// groups are joined only while the log-odds of all pairs between them add up to more for than against (greedy correlation
// clustering: Bansal, Blum & Chawla 2004), surest pairs first. Example: a–b +8, b–c +1, a–c −6 → {a, b}, {c}.

export interface PairOdds {
  readonly a: number;
  readonly b: number;
  /** log2 odds of being the same person. */
  readonly odds: number;
}

/** What a pair speaks that was never a candidate, and the most that one pair may speak for or against. */
const NEVER_COMPARED = -6;
const MOST_FOR = 12;
const MOST_AGAINST = -8;

/**
 * Group of each record that is in a group of two or more, named by its least record; the order of pairs changes nothing. `least`: log2
 * odds above which a pair may bring two groups together.
 */
export function clusterRecords(pairs: readonly PairOdds[], least = 0): Map<number, number> {
  const odds = new Map(pairs.map((pair) => [pairKey(pair.a, pair.b), clamp(pair.odds)]));
  const groupOf = new Map<number, number[]>();
  const ordered = pairs.filter((pair) => pair.odds > least);
  ordered.sort((x, y) => y.odds - x.odds || x.a - y.a || x.b - y.b);
  for (const { a, b } of ordered) {
    const one = groupOf.get(a) ?? [a];
    const other = groupOf.get(b) ?? [b];
    if (one === other || between(one, other, odds) <= 0) continue;
    const joined = [...one, ...other];
    for (const record of joined) groupOf.set(record, joined);
  }
  const result = new Map<number, number>();
  for (const [record, group] of groupOf) result.set(record, Math.min(...group));
  return result;
}

function between(
  one: readonly number[],
  other: readonly number[],
  odds: ReadonlyMap<string, number>,
): number {
  let sum = 0;
  for (const a of one) {
    for (const b of other) sum += odds.get(pairKey(a, b)) ?? NEVER_COMPARED;
  }
  return sum;
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function clamp(odds: number): number {
  return Math.min(MOST_FOR, Math.max(MOST_AGAINST, odds));
}
