/**
 * Writes the tables that the generator of synthetic people draws from (generator/data/*.csv), from scripts/tables/ (counts of
 * single words of names, code lists of units). Whole names of people are not among them. Shares of population and of ethnic
 * groups are rounded weights from general knowledge; they give the synthetic country its proportions and state nothing.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, readCsv } from './table-file.js';
import { ETHNIC_SHARES, MINORITY_NAMES, POPULATION } from './tables-generator-weights.js';

interface Folders {
  readonly from: string;
  readonly to: string;
}

type Cell = string | number;

function write(path: string, header: string, rows: readonly (readonly Cell[])[]): void {
  writeFileSync(path, `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`);
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
function surnames({ from, to }: Folders): void {
  const all = readCsv(join(from, 'surnames.csv'))
    .filter((row) => isSyllable(row.surname ?? '') && row.surname !== NO_SURNAME)
    .map((row) => (row.surname === 'Nguỵ' ? { ...row, surname: 'Ngụy' } : row));
  const frequent = all.filter((row) => number(row.uit_2016) >= 30);
  const rare = all.filter((row) => number(row.uit_2016) < 30 && number(row.ngxson) >= 5);
  const minority = new Set(
    MINORITY_NAMES.filter(([, part]) => part === 'family').map(([, , value]) => value),
  );
  const kept = rare.filter((row) => !minority.has(row.surname ?? ''));
  const left = 8757 - frequent.reduce((sum, row) => sum + number(row.uit_2016), 0);
  const tail = kept.reduce((sum, row) => sum + number(row.ngxson), 0);
  write(join(to, 'surnames.csv'), 'surname,weight,source', [
    ...frequent.map((row) => [
      row.surname ?? '',
      number(row.uit_2016) * 100,
      'duyet/vietnamese-namedb uit_member',
    ]),
    ...kept.map((row) => [
      row.surname ?? '',
      Math.max(1, Math.round((number(row.ngxson) / tail) * left * 100)),
      'ngxson/tfjs-vn-name-to-gender scaled to the remainder',
    ]),
  ]);
}

function words(rows: readonly Row[], column: string, least: number): [string, number, number][] {
  const merged = new Map<string, [number, number]>();
  for (const row of rows) {
    const raw = row[column] ?? '';
    if (!isSyllable(raw) || misplaced(raw)) continue;
    const counts = merged.get(oldToneStyle(raw)) ?? [0, 0];
    merged.set(oldToneStyle(raw), [counts[0] + number(row.male), counts[1] + number(row.female)]);
  }
  return [...merged]
    .filter(([, [male, female]]) => male + female >= least)
    .map(([word, [male, female]]) => [word, male >= 2 ? male : 0, female >= 2 ? female : 0]);
}

function names({ from, to }: Folders): void {
  const source = 'ngxson/tfjs-vn-name-to-gender counts by sex';
  const middle = words(readCsv(join(from, 'middle_names.csv')), 'middle', 8);
  write(
    join(to, 'middle_names.csv'),
    'middle,male,female,source',
    middle.map((row) => [...row, source]),
  );
  const given = words(readCsv(join(from, 'given_names.csv')), 'given', 4);
  write(
    join(to, 'given_names.csv'),
    'given,male,female,source',
    given.map((row) => [...row, source]),
  );
  write(
    join(to, 'minority_names.csv'),
    'group,part,value,source',
    MINORITY_NAMES.map((row) => [...row, 'forms of names by group; examples']),
  );
}

function provinces({ from, to }: Folders): void {
  const names34 = new Map(readCsv(join(from, 'provinces_34.csv')).map((row) => [row.code ?? '', row]));
  write(
    join(to, 'provinces.csv'),
    'code,name,id_place,old_id_prefixes,new_code,new_name,new_full_name,weight,half,source',
    readCsv(join(from, 'id_number_prefixes.csv')).map((row) => {
      const now = names34.get(row.gso34 ?? '');
      const [weight = 0, half = ''] = POPULATION[row.gso63 ?? ''] ?? [];
      const prefixes = row.old_id3 === '' ? row.old_id2 : row.old_id3;
      return [
        row.gso63 ?? '',
        row.province ?? '',
        row.place ?? '',
        prefixes ?? '',
        row.gso34 ?? '',
        now?.name ?? '',
        now?.full_name_2026 ?? '',
        weight,
        half,
        'Circular 07/2016/TT-BCA Annex 1; QD 19/2025/QD-TTg; weight: rounded',
      ];
    }),
  );
  write(
    join(to, 'ethnic_shares.csv'),
    'province,group,percent,source',
    ETHNIC_SHARES.map((row) => [...row, 'rounded weight of the generator']),
  );
}

interface OldCommune {
  readonly name: string;
  readonly district: string;
  readonly province: string;
}

/** Old communes, and the island districts that had none (as `D318`), by code. */
function oldCommunes(from: string): Map<string, OldCommune> {
  const listed = readCsv(join(from, 'districts_old.csv'));
  const districts = new Map(listed.map((row) => [row.code ?? '', row]));
  const islands = listed.map(({ code, name = '', province_code: province = '' }): [string, OldCommune] => [
    `D${code}`,
    { name, district: name, province },
  ]);
  const communes = readCsv(join(from, 'communes_old.csv')).map(
    ({ code = '', name = '', district_code = '' }): [string, OldCommune] => {
      const district = districts.get(district_code);
      return [code, { name, district: district?.name ?? '', province: district?.province_code ?? '' }];
    },
  );
  return new Map([...communes, ...islands]);
}

interface Change extends OldCommune {
  readonly oldCode: string;
  readonly newCode: string;
  readonly extent: string;
  readonly targets: number;
}

/** Changes of old communes into new ones that two lists agree on. */
function agreedChanges(from: string): Change[] {
  const old = oldCommunes(from);
  const rows = readCsv(join(from, 'commune_changes.csv'));
  const targets = new Map<string, number>();
  for (const { old_code = '' } of rows) targets.set(old_code, (targets.get(old_code) ?? 0) + 1);
  return rows.flatMap(({ old_code: oldCode = '', new_code: newCode = '', extent = '', agreement }) => {
    const commune = old.get(oldCode);
    if (agreement !== 'both' || commune === undefined) return [];
    return [{ ...commune, oldCode, newCode, extent, targets: targets.get(oldCode) ?? 0 }];
  });
}

/** Per old province: six communes that went whole into one new unit, and one or two that were split. */
function communes({ from, to }: Folders): void {
  const official = new Map(
    readCsv(join(from, 'communes_new.csv')).map((row) => [row.code ?? '', row.name_2026 ?? '']),
  );
  const changes = agreedChanges(from);
  const rows: Cell[][] = [];
  for (const { gso63 } of readCsv(join(from, 'id_number_prefixes.csv'))) {
    const own = changes.filter((change) => change.province === gso63);
    const whole = own.filter((change) => change.extent === 'full' && change.targets === 1);
    const split = own.filter((change) => change.targets > 1);
    for (const change of [...spread(whole, 6), ...spread(split, 2)]) {
      rows.push([
        change.oldCode,
        change.name,
        change.district,
        change.province,
        change.newCode,
        official.get(change.newCode) ?? '',
        change.targets,
        'QD 19/2025/QD-TTg and resolutions 1654-1687/NQ-UBTVQH15',
      ]);
    }
  }
  write(
    join(to, 'communes.csv'),
    'old_code,old_name,old_district,old_province,new_code,new_name,targets,source',
    rows,
  );
}

/** `count` changes spread evenly over a list, each new unit once. */
function spread(changes: readonly Change[], count: number): Change[] {
  const chosen = new Map<string, Change>();
  for (let i = 0; i < changes.length && chosen.size < count; i++) {
    const change = changes[Math.floor((i * changes.length) / Math.min(changes.length, count * 3))];
    if (change !== undefined && !change.name.includes(',')) chosen.set(change.newCode, change);
  }
  return [...chosen.values()];
}

export function writeGeneratorTables(from: string, to: string): void {
  const folders = { from, to };
  surnames(folders);
  names(folders);
  provinces(folders);
  communes(folders);
}
