import type { Database } from './database.js';

interface Waiting {
  readonly place: number;
  readonly begin: () => void;
}

/**
 * Views of one database for several who use it at the same time. It carries out one statement at a time; of those that wait the one
 * with the lowest place is next, so that the longest chain of statements (place 0) does not wait for all others at every step.
 */
export function inTurns(db: Database): (place: number) => Database {
  const waiting: Waiting[] = [];
  let busy = false;
  const next = () => {
    if (busy) return;
    const first = waiting.reduce((best, one, i) => (one.place < waiting[best]!.place ? i : best), 0);
    const [one] = waiting.splice(first, 1);
    if (one === undefined) return;
    busy = true;
    one.begin();
  };
  const turn = async <T>(place: number, work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((begin) => {
      waiting.push({ place, begin });
      next();
    });
    try {
      return await work();
    } finally {
      busy = false;
      // Not at once: whoever waited for this statement may have another one to ask for.
      setImmediate(next);
    }
  };
  return (place) => ({
    ...db,
    run: (sql) => turn(place, () => db.run(sql)),
    rows: (sql) => turn(place, () => db.rows(sql)),
    value: (sql) => turn(place, () => db.value(sql)),
    change: (sql) => turn(place, () => db.change(sql)),
    append: (table, rows) => turn(place, () => db.append(table, rows)),
  });
}
