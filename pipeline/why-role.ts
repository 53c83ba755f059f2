// Of a record of several people, the one to explain: the one asked for, else the one whose outcome is the record's.
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { OUTCOME_FACTS, type Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import { resultRelation } from './result-rows.js';
import { type FoundRole, rolesOfRun } from './roles-files.js';

/**
 * Puts the database of the role in the place of the run's (alias `run`) and returns what is to be said of the record as a whole. Where
 * a record is one person's, nothing happens. `row` is the record's position from 0. Throws UserError for a role that is not there.
 */
export async function turnToRole(
  db: Database,
  folder: string,
  { row, wanted }: { readonly row: number; readonly wanted: string | undefined },
): Promise<Text[]> {
  const roles = rolesOfRun(folder);
  if (wanted !== undefined && !roles.some(({ role }) => role === wanted)) throw noSuchRole(wanted, roles);
  if (roles.length === 0) return [];
  const record = await verdictOf(db, 'run', row);
  const verdicts: { readonly role: FoundRole; readonly outcome: string }[] = [];
  for (const [i, role] of roles.entries()) {
    await db.run(`ATTACH ${literal(role.path)} AS role_${i} (READ_ONLY)`);
    verdicts.push({ role, outcome: (await verdictOf(db, `role_${i}`, row)).outcome });
    await db.run(`DETACH role_${i}`);
  }
  const chosen =
    verdicts.find(({ role }) => role.role === wanted) ??
    verdicts.find(({ outcome }) => outcome === record.outcome) ??
    verdicts[0]!;
  await db.run('DETACH run');
  await db.run(`ATTACH ${literal(chosen.role.path)} AS run (READ_ONLY)`);
  return [ofTheRecord(record, chosen.role, verdicts)];
}

interface RecordVerdict {
  readonly outcome: string;
  readonly reasons: string;
}

async function verdictOf(db: Database, database: string, row: number): Promise<RecordVerdict> {
  const [found] = await db.rows<RecordVerdict>(
    `SELECT outcome, reasons FROM ${resultRelation(database)} WHERE record = ${row + 1}`,
  );
  return found ?? { outcome: '', reasons: '' };
}

function ofTheRecord(
  { outcome, reasons }: RecordVerdict,
  shown: FoundRole,
  all: readonly { readonly role: FoundRole; readonly outcome: string }[],
): Text {
  const list = (language: keyof Text) =>
    all
      .map(({ role, outcome: own }) => `${role.labels[language]} (${role.role}): ${named(own, language)}`)
      .join('; ');
  const why = reasons === '' ? '' : ` [${reasons}]`;
  return {
    vi: `Bản ghi có nhiều người. Kết quả của cả bản ghi: ${named(outcome, 'vi')}${why}. Từng vai: ${list('vi')}. Trên đây là vai ${shown.labels.vi}; xem vai khác bằng --role.`,
    en: `The record holds several people. Outcome of the whole record: ${named(outcome, 'en')}${why}. By role: ${list('en')}. The above is of ${shown.labels.en}; ask for another with --role.`,
  };
}

function named(outcome: string, language: keyof Text): string {
  return (OUTCOME_FACTS[outcome as Outcome]?.[language] ?? outcome).toLowerCase();
}

function noSuchRole(wanted: string, roles: readonly FoundRole[]): UserError {
  return new UserError({
    what: { vi: `Bản ghi không có vai “${wanted}”.`, en: `The records have no role “${wanted}”.` },
    where: '--role',
    mend:
      roles.length === 0
        ? {
            vi: 'Mỗi bản ghi là của một người: hãy bỏ --role.',
            en: 'A record is one person’s: leave --role out.',
          }
        : insteadOf(
            wanted,
            roles.map(({ role }) => role),
          ),
  });
}
