// The checks across datasets, as a list one can read. Each is one SELECT over the relations of people of pipeline/cross-datasets.ts;
// what a record says of its person (dead, active, his age, his only post) the sector declares under `person`.
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import { matchers } from '../matchers/index.js';
import type { Text } from '../messages/text.js';
import { outOfRange } from './checks-values.js';
import type { Dataset } from './cross-datasets.js';
import { surelyBefore } from './person-dates.js';
import { valueWorker } from './value-worker.js';

/** A dataset with its position in the report. */
export interface Placed {
  readonly at: number;
  readonly set: Dataset;
}

export interface CrossCheck {
  readonly check: string;
  readonly code: string | null;
  readonly label: Text;
  readonly meaning: Text;
  /** What the datasets lack for it; null: it can be done. */
  readonly lacks: (all: readonly Placed[]) => Text | null;
  /**
   * SELECT of one row per finding: `subject` (who it is about, for counting people), `dataset`, `record`, `other`, `other_record`
   * (NULL: none), `note_vi` and `note_en` (no personal data). May make temp tables first.
   */
  readonly select: (db: Database, all: readonly Placed[]) => Promise<string>;
}

export const CROSS_CHECKS: readonly CrossCheck[] = [
  {
    check: 'deceased_active',
    code: 'person.deceased',
    label: { vi: 'Đã khai tử nhưng còn hoạt động', en: 'Dead, but active elsewhere' },
    meaning: {
      vi: 'Người có trong dữ liệu khai tử vẫn đứng tên một bản ghi đang hoạt động (thuê bao, trợ cấp, học sinh…); bản ghi đã kết thúc trước ngày chết thì không tính.',
      en: 'Somebody in the register of deaths still holds an active record (a subscription, a benefit, a pupil’s place …); a record that had ended before the death does not count.',
    },
    lacks: (all) => {
      if (!all.some(isDead)) return lacking('state: dead');
      return all.some(isActive) ? null : lacking('state: active');
    },
    select: async (_, all) => `SELECT a.person::VARCHAR AS subject, a.dataset, a.record, d.dataset AS other,
        d.record AS other_record, ${noted((language) => `${inReference('d.status', language)} || ${afterDeath(language)}`)}
      FROM ${together(all.filter(isActive))} a
      JOIN (SELECT person, any_value(status) AS status, arg_min(dataset, (dataset, record)) AS dataset,
          arg_min(record, (dataset, record)) AS record, min(began) AS died
        FROM ${together(all.filter(isDead))} WHERE person IS NOT NULL GROUP BY person) d ON a.person = d.person
      WHERE NOT ${hasEnded('a', 'coalesce(d.died, a.day)')}`,
  },
  {
    check: 'age_outside',
    code: 'record.age_out_of_range',
    label: { vi: 'Tuổi không hợp với dữ liệu', en: 'An age that does not fit the dataset' },
    meaning: {
      vi: 'Tuổi theo ngày sinh trong dữ liệu tham chiếu nằm ngoài giới hạn của lĩnh vực (ví dụ học sinh 40 tuổi).',
      en: 'The age by the reference’s date of birth lies outside the sector’s limits (a pupil of 40).',
    },
    lacks: (all) => (all.some(hasAge) ? null : lacking('age')),
    select: async (_, all) =>
      all
        .filter(hasAge)
        .map(
          (one) => `SELECT person::VARCHAR AS subject, ${one.at} AS dataset, record, NULL::INTEGER AS other,
            NULL::BIGINT AS other_record, ${noted((language) => `${literal(`${BORN[language]} `)} || left(born, 4)`)} FROM ${one.set.people}
          WHERE person IS NOT NULL AND coalesce(${outOfRange('born', one.set.person.age!, one.set.day)}, false)`,
        )
        .join(' UNION ALL '),
  },
  {
    check: 'two_posts',
    code: null,
    label: { vi: 'Hai vị trí cùng lúc', en: 'Two posts at once' },
    meaning: {
      vi: 'Một người có nhiều bản ghi chưa kết thúc trong các dữ liệu mà mỗi người chỉ được có một (ví dụ hai biên chế).',
      en: 'One person has several records that have not ended in datasets that allow one each (two posts on the state’s payroll).',
    },
    lacks: (all) => (wordsOf(all).length > 0 ? null : lacking('exclusive')),
    select: async (_, all) =>
      wordsOf(all)
        .map(
          (word) => `SELECT person::VARCHAR AS subject, dataset, record, other, other_record,
          ${noted((language) => `${literal(word)} || ': ' || n || ${literal(` ${RECORDS[language]}`)}`)} FROM (
            SELECT person, dataset, record, count(*) OVER w AS n,
              first_value(dataset) OVER o AS other, first_value(record) OVER o AS other_record
            FROM ${together(all.filter(({ set }) => set.person.exclusive === word))} t
            WHERE person IS NOT NULL AND NOT ${hasEnded('t', 't.day')}
            WINDOW w AS (PARTITION BY person), o AS (PARTITION BY person ORDER BY dataset, record))
          WHERE n > 1 AND (dataset, record) <> (other, other_record)`,
        )
        .join(' UNION ALL '),
  },
  {
    check: 'id_two_names',
    code: 'record.id_shared',
    label: { vi: 'Một số, hai tên', en: 'One number, two names' },
    meaning: {
      vi: 'Cùng một số định danh đứng cạnh hai họ tên khác hẳn nhau ở hai dữ liệu.',
      en: 'The same number stands beside two quite different names in two datasets.',
    },
    lacks: (all) =>
      all.length > 1 ? null : { vi: 'Cần ít nhất hai dữ liệu.', en: 'At least two datasets are needed.' },
    select: namesUnderOneNumber,
  },
];

/** Pairs of names, not of rows, are compared; those at the last level are quite different. */
async function namesUnderOneNumber(db: Database, all: readonly Placed[]): Promise<string> {
  await db.run(`CREATE OR REPLACE TEMP TABLE named AS SELECT * FROM (
    SELECT number, name, dataset, min(record) AS record FROM ${together(all)}
    WHERE number IS NOT NULL AND name IS NOT NULL GROUP BY ALL)
    WHERE number IN (SELECT number FROM ${together(all)} WHERE name IS NOT NULL
      GROUP BY number HAVING count(DISTINCT name) > 1 AND count(DISTINCT dataset) > 1)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE name_pairs AS SELECT DISTINCT a.name AS a, b.name AS b
    FROM named a JOIN named b ON a.number = b.number AND a.dataset < b.dataset AND a.name <> b.name`);
  await mapValues(db, {
    select: 'SELECT rowid AS key, a, b FROM name_pairs',
    columns: 2,
    module: valueWorker,
    task: 'compareValues',
    options: { kind: 'person-name' },
    into: { table: 'name_levels', columns: { level: 'UTINYINT' } },
  });
  const last = matchers['person-name']!.levels.length - 1;
  return `SELECT a.number AS subject, a.dataset, a.record, b.dataset AS other, b.record AS other_record, ${noted(() => 'NULL::VARCHAR')}
    FROM named a JOIN named b ON a.number = b.number AND a.dataset < b.dataset
    JOIN name_pairs p ON a.name = p.a AND b.name = p.b JOIN name_levels l ON p.rowid = l.key WHERE l.level = ${last}`;
}

/** The people of several datasets, each row with the `dataset`'s position and `day`. */
export function together(all: readonly Placed[]): string {
  const selects = all.map(
    ({ at, set }) => `SELECT ${at} AS dataset, ${literal(set.day)} AS day, * FROM ${set.people}`,
  );
  return `(${selects.join(' UNION ALL ')})`;
}

/** The columns `note_vi` and `note_en`. */
function noted(sql: (language: keyof Text) => string): string {
  return `${sql('vi')} AS note_vi, ${sql('en')} AS note_en`;
}

const BORN: Text = { vi: 'sinh năm', en: 'born' };
const RECORDS: Text = { vi: 'bản ghi', en: 'records' };
const IN_REFERENCE: readonly Text[] = [
  { vi: 'dữ liệu tham chiếu: còn sống', en: 'reference: alive' },
  { vi: 'dữ liệu tham chiếu: đã chết', en: 'reference: dead' },
  { vi: 'dữ liệu tham chiếu: đã rời đi', en: 'reference: left' },
];
const BEGAN_AFTER: Text = { vi: '; bắt đầu sau ngày chết', en: '; began after the death' };

function inReference(status: string, language: keyof Text): string {
  return `[${IN_REFERENCE.map((one) => literal(one[language])).join(', ')}][coalesce(${status}, 0) + 1]`;
}

function afterDeath(language: keyof Text): string {
  return `if(coalesce(${surelyBefore('d.died', 'a.began')}, false), ${literal(BEGAN_AFTER[language])}, '')`;
}

/** SQL, never NULL: what the record says of its person had ended before a day. */
function hasEnded(alias: string, day: string): string {
  return `coalesce(${surelyBefore(`${alias}.ended`, day)}, false)`;
}

function isDead({ set }: Placed): boolean {
  return set.person.state === 'dead';
}

function isActive({ set }: Placed): boolean {
  return set.person.state === 'active';
}

function hasAge({ set }: Placed): boolean {
  return set.person.age !== undefined;
}

function wordsOf(all: readonly Placed[]): string[] {
  return [...new Set(all.flatMap(({ set }) => set.person.exclusive ?? []))].sort();
}

function lacking(setting: string): Text {
  return {
    vi: `Không dữ liệu nào khai báo “person: { ${setting} }” trong lĩnh vực.`,
    en: `No dataset’s sector declares “person: { ${setting} }”.`,
  };
}
