/** `lunar_dates(solar, lunar)`: how a birth date is written by the lunar calendar, where that is another day that exists. */
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { solarToLunar } from '../normalizers/lunar-calendar.js';
import { pad } from './person.js';

const FIRST = { year: 1931, month: 1, day: 1 };
const YEARS = 96;

export async function makeLunarDates(db: Database): Promise<void> {
  const rows: string[] = [];
  const end = Date.UTC(FIRST.year + YEARS, 0, 1);
  for (let at = Date.UTC(FIRST.year, 0, 1); at < end; at += 86_400_000) {
    const solar = new Date(at);
    const [year, month, day] = [solar.getUTCFullYear(), solar.getUTCMonth() + 1, solar.getUTCDate()];
    const lunar = solarToLunar({ year, month, day });
    if (lunar === null || lunar.leap || lunar.day > 28 || lunar.day === day || lunar.month === month)
      continue;
    const text = `${pad(lunar.day)}/${pad(lunar.month)}/${lunar.year}`;
    rows.push(`${year}-${pad(month)}-${pad(day)} ${text}`);
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE lunar_dates AS SELECT left(pair, 10)::DATE AS solar, substr(pair, 12) AS lunar
    FROM (SELECT unnest(string_split(${literal(rows.join(','))}, ',')) AS pair)`);
}
