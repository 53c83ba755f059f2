/**
 * Writes the tables that the generator of synthetic people draws from (generator/data/*.csv).
 *
 *   node dist/scripts/tables-generator.js FOLDER
 *
 * FOLDER holds the fact tables that ours are made from (frequency counts of names, code lists of units). Whole names of
 * people are not among them: only counts of single words. Shares of population and of ethnic groups are rounded weights
 * from general knowledge; they give the synthetic country its proportions and state nothing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ETHNIC_SHARES, MINORITY_NAMES, POPULATION } from './tables-generator-weights.js';

type Row = Readonly<Record<string, string>>;

const facts = process.argv[2];
if (facts === undefined) throw new Error('usage: tables-generator FOLDER');
const out = join(process.cwd(), 'generator', 'data');
mkdirSync(out, { recursive: true });

/** Cells of one CSV line; quotes may enclose commas. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
    (m[1] ?? m[2] ?? '').replaceAll('""', '"'),
  );
}

function read(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(facts as string, name), 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const header = cells(head);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [header[i] ?? '', cell])));
}

function write(name: string, header: string, rows: readonly (readonly (string | number)[])[]): void {
  const lines = rows.map((row) => row.join(','));
  writeFileSync(join(out, name), `${[header, ...lines].join('\n')}\n`);
  process.stdout.write(`${name}: ${rows.length}\n`);
}

const VOWEL_RIMES =
  'a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|eo|ep|et|' +
  'ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oan|oang|oanh|' +
  'oat|oay|oăn|oăng|oăt|oc|oe|oi|om|on|ong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|uây|uc|' +
  'uê|uênh|ui|um|un|ung|uôc|uôi|uôm|uôn|uông|uôt|up|ut|uy|uya|uych|uyên|uyêt|uynh|uyt|ư|ưa|ưc|ưi|ưng|ươc|ươi|ươm|' +
  'ươn|ương|ươp|ươt|ươu|ưt|ưu|y|yên|yêt|yêu';
const SYLLABLE = new RegExp(
  `^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?(?:${VOWEL_RIMES})$`,
  'u',
);

/** A word as Vietnamese spelling builds them, capital first: foreign names and slips of the pen fall out here. */
function isSyllable(word: string): boolean {
  const toneless = word
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
    .normalize('NFC');
  return /^\p{Lu}/u.test(word) && SYLLABLE.test(toneless.toLowerCase());
}

/** The tone mark where the older and still more common school puts it: Hòa, Thúy. */
function oldToneStyle(word: string): string {
  const moved = word
    .normalize('NFD')
    .replace(/(o)([ae])([\u0300\u0301\u0303\u0309\u0323])$/iu, '$1$3$2')
    .replace(/(u)(y)([\u0300\u0301\u0303\u0309\u0323])$/iu, '$1$3$2')
    .normalize('NFC');
  return /^q/i.test(word) ? word : moved;
}

const misplaced = (word: string): boolean => /^(?:Qú|Qùy|Hòang|Hoá$)/u.test(word);
const number = (text: string | undefined): number => Number(text === '' ? 0 : text);

/** Counted among family names because people were entered as “Cô …” (Miss). */
const NO_SURNAME = 'Cô';

/** Counts of a modern sample for the frequent names; the rare ones fill up what is left in proportion to a larger one. */
function surnames(): void {
  const all = read('surnames.csv')
    .filter((row) => isSyllable(row.surname ?? '') && row.surname !== NO_SURNAME)
    .map((row) => (row.surname === 'Nguỵ' ? { ...row, surname: 'Ngụy' } : row));
  const frequent = all.filter((row) => number(row.count_uit_2016) >= 30);
  const rare = all.filter((row) => number(row.count_uit_2016) < 30 && number(row.count_ngxson) >= 5);
  const minority = new Set(
    MINORITY_NAMES.filter(([, part]) => part === 'family').map(([, , value]) => value),
  );
  const kept = rare.filter((row) => !minority.has(row.surname ?? ''));
  const left = 8757 - frequent.reduce((sum, row) => sum + number(row.count_uit_2016), 0);
  const tail = kept.reduce((sum, row) => sum + number(row.count_ngxson), 0);
  write('surnames.csv', 'surname,weight,source', [
    ...frequent.map((row) => [
      row.surname ?? '',
      number(row.count_uit_2016) * 100,
      'duyet/vietnamese-namedb uit_member',
    ]),
    ...kept.map((row) => [
      row.surname ?? '',
      Math.max(1, Math.round((number(row.count_ngxson) / tail) * left * 100)),
      'ngxson/tfjs-vn-name-to-gender scaled to the remainder',
    ]),
  ]);
}

function words(file: string, column: string, least: number): [string, number, number][] {
  const merged = new Map<string, [number, number]>();
  for (const row of read(file)) {
    const raw = row[column] ?? '';
    if (!isSyllable(raw) || misplaced(raw)) continue;
    const counts = merged.get(oldToneStyle(raw)) ?? [0, 0];
    merged.set(oldToneStyle(raw), [counts[0] + number(row.male_count), counts[1] + number(row.female_count)]);
  }
  return [...merged]
    .filter(([, [male, female]]) => male + female >= least)
    .map(([word, [male, female]]) => [word, male >= 2 ? male : 0, female >= 2 ? female : 0]);
}

function names(): void {
  const source = 'ngxson/tfjs-vn-name-to-gender counts by sex';
  const middle = words('middle_names_freq.csv', 'first_middle', 8);
  write(
    'middle_names.csv',
    'middle,male,female,source',
    middle.map((row) => [...row, source]),
  );
  const given = words('given_names_freq.csv', 'given', 4);
  write(
    'given_names.csv',
    'given,male,female,source',
    given.map((row) => [...row, source]),
  );
  write(
    'minority_names.csv',
    'group,part,value,source',
    MINORITY_NAMES.map((row) => [...row, 'forms of names by group; examples']),
  );
}

function provinces(): void {
  const names34 = new Map(read('new_provinces_34.csv').map((row) => [row.code ?? '', row]));
  write(
    'provinces.csv',
    'code,name,id_place,old_id_prefixes,new_code,new_name,new_full_name,weight,half,source',
    read('id_number_prefixes.csv').map((row) => {
      const now = names34.get(row.new_province_code ?? '');
      const [weight = 0, half = ''] = POPULATION[row.gso_code_old ?? ''] ?? [];
      const prefixes = row.cmnd_prefix3_known === '' ? row.cmnd_prefix2 : row.cmnd_prefix3_known;
      return [
        row.gso_code_old ?? '',
        row.province_old ?? '',
        row.cccd_prefix3 ?? '',
        prefixes ?? '',
        row.new_province_code ?? '',
        now?.name ?? '',
        now?.full_name_2026 ?? '',
        weight,
        half,
        'Circular 07/2016/TT-BCA Annex 1; QD 19/2025/QD-TTg; weight: rounded',
      ];
    }),
  );
  write(
    'ethnic_shares.csv',
    'province,group,percent,source',
    ETHNIC_SHARES.map((row) => [...row, 'rounded weight of the generator']),
  );
}

/** Per old province: six communes that went whole into one new unit, and one or two that were split. */
function communes(): void {
  const official = new Map(
    read('new_communes_3321.csv').map((row) => [row.code ?? '', row.full_name_2026 ?? '']),
  );
  const pairs = read('old_to_new_communes.csv').filter((row) => row.agreement === 'both');
  const rows: string[][] = [];
  for (const province of read('id_number_prefixes.csv')) {
    const own = pairs.filter((row) => row.old_province_code === province.gso_code_old);
    const whole = own.filter((row) => row.extent === 'full' && row.n_targets === '1');
    const chosen = spread(whole, 6);
    const split = spread(
      own.filter((row) => number(row.n_targets) > 1),
      2,
    );
    for (const row of [...chosen, ...split]) {
      rows.push([
        row.old_code ?? '',
        row.old_name ?? '',
        row.old_district ?? '',
        row.old_province_code ?? '',
        row.new_code ?? '',
        official.get(row.new_code ?? '') ?? '',
        row.n_targets ?? '',
        'QD 19/2025/QD-TTg and resolutions 1654-1687/NQ-UBTVQH15',
      ]);
    }
  }
  write('communes.csv', 'old_code,old_name,old_district,old_province,new_code,new_name,targets,source', rows);
}

/** `count` rows spread evenly over a list, each new unit once. */
function spread(rows: readonly Row[], count: number): Row[] {
  const chosen = new Map<string, Row>();
  for (let i = 0; i < rows.length && chosen.size < count; i++) {
    const row = rows[Math.floor((i * rows.length) / Math.min(rows.length, count * 3))];
    if (row?.old_name !== undefined && !row.old_name.includes(',')) chosen.set(row.new_code ?? '', row);
  }
  return [...chosen.values()];
}

surnames();
names();
provinces();
communes();
