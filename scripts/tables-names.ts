// Tables of names and of legacy encodings, from scripts/tables/ (letters, counts of single words). What those do not hold
// (VPS, the regional pairs, the compound surnames) is listed here with its source.
import { join } from 'node:path';
import { isSyllable } from '../normalizers/vietnamese-text.js';
import { dated, PROVENANCE, readCsv, writeTable } from './table-file.js';

// VPS: 0x80–0xFF from two independent public tables that agree on every small letter (lamdao/xvnkb vps.h; mozilla vps.ut as
// used by harjitmoe/ecma35lib). The capitals in the control range are from memory of vps.ut alone.
const VPS_HIGH =
  'ÀẢÃẤẦẨọỗĂếềểệẮẰẲ' +
  'Ế  ỀỂỄỐỒỔỖýỷỵỚỜỞ' +
  ' ắằẳẵặỠớÙờởỡŨỨợỪ' +
  'ổỬỲỸÍÌộỈĨÓửữÒỎÕự' +
  'ầÁÂấẩẫậđẻÉÊẹỉễịỹ' +
  'ƯỦồốÔỏơÈừứÚũưÝẺ ' +
  'àáâãảạă èéêẽìí ĩ' +
  'ẴĐòóôõ Ơụùúủ ỶẼỳ';
const VPS_CONTROL: Readonly<Record<string, number>> = {
  Ạ: 0x02,
  Ậ: 0x03,
  Ặ: 0x04,
  Ẹ: 0x05,
  Ệ: 0x06,
  Ị: 0x10,
  Ọ: 0x11,
  Ộ: 0x12,
  Ợ: 0x13,
  Ụ: 0x14,
  Ự: 0x15,
  Ỵ: 0x19,
  Ẫ: 0x1c,
  Ữ: 0x1d,
};

// The converter behind the source table writes ỷ ỹ in VNI as ë ì, which are other letters there; lamdao/xvnkb vni.h has yû yõ.
const VNI_CORRECTED: Readonly<Record<string, string>> = { ỷ: 'yû', ỹ: 'yõ', Ỷ: 'YÛ', Ỹ: 'YÕ' };

/** Fonts for TCVN3 (ABC) have codes for the small letters and seven capitals only: TCVN 5712:1993, VN3. */
const TCVN3_CAPITALS = 'ĂÂÊÔƠƯĐ';

function byteOfVps(letter: string): string {
  const byte = VPS_CONTROL[letter] ?? 0x80 + Array.from(VPS_HIGH).indexOf(letter);
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

function writeCharsets(from: string, to: string): void {
  const rows = readCsv(join(from, 'charset_letters.csv')).map((row) => {
    const letter = row.letter ?? '';
    const small = letter === letter.toLowerCase();
    return dated(
      {
        ...row,
        tcvn3: small || TCVN3_CAPITALS.includes(letter) ? (row.tcvn3 ?? '') : '',
        vni: VNI_CORRECTED[letter] ?? row.vni ?? '',
        vps: byteOfVps(letter),
      },
      {
        source: `iconv-lite 0.7.3; vietnamese-conversion 2.0.0; VPS ${letter in VPS_CONTROL ? 'unconfirmed' : 'xvnkb vps.h'}`,
      },
    );
  });
  const columns = ['letter', 'tcvn3', 'vni', 'viscii', 'vps', 'cp1258', 'viqr', ...PROVENANCE];
  writeTable(join(to, 'charset_letters.csv'), columns, rows);
}

interface Counts {
  surname: number;
  middle: number;
  given: number;
}

const number = (text: string | undefined): number => Number(text ?? 0) || 0;

/** How often one word stands as surname, as first middle name and as last word in two public sets: aggregates only. */
function writeNameWords(from: string, to: string): void {
  const words = new Map<string, Counts>();
  const add = (word: string | undefined, place: keyof Counts, count: number) => {
    if (word === undefined || word.includes(' ') || !isSyllable(word.toLowerCase())) return;
    const counts = words.get(word) ?? { surname: 0, middle: 0, given: 0 };
    counts[place] += count;
    words.set(word, counts);
  };
  for (const row of readCsv(join(from, 'surnames.csv'))) {
    add(row.surname, 'surname', number(row.uit_2016) + number(row.ngxson));
  }
  for (const row of readCsv(join(from, 'middle_names.csv'))) {
    add(row.middle, 'middle', number(row.male) + number(row.female));
  }
  for (const row of readCsv(join(from, 'given_names.csv'))) {
    add(row.given, 'given', number(row.male) + number(row.female));
  }
  const source = 'ngxson/tfjs-vn-name-to-gender@f61a412 and duyet/vietnamese-namedb@2129070: counts';
  const rows = [...words]
    .filter(([word, { surname, middle, given }]) => /^\p{Lu}/u.test(word) && surname + middle + given >= 3)
    .sort(([a, one], [b, other]) => total(other) - total(one) || (a < b ? -1 : 1))
    .map(([word, { surname, middle, given }]) =>
      dated({ word, surname: String(surname), middle: String(middle), given: String(given) }, { source }),
    );
  writeTable(join(to, 'name_words.csv'), ['word', 'surname', 'middle', 'given', ...PROVENANCE], rows);
}

const total = ({ surname, middle, given }: Counts): number => surname + middle + given;

// The two surname pairs are those that published name counts treat as one family name. The others are pronunciations that
// differ between north and south, mostly of names that had to be avoided (kỵ húy): general knowledge, a label and no verdict.
const SURNAME_PAIRS = 'Hoàng Huỳnh|Vũ Võ';
const GIVEN_PAIRS =
  'Phúc Phước|Cảnh Kiểng|Nhân Nhơn|Nghĩa Ngãi|Chính Chánh|Hồng Hường|Sinh Sanh|Bảo Bửu|Phụng Phượng|Trường Tràng|' +
  'Tính Tánh|Lĩnh Lãnh|Tùng Tòng|Quý Quới|Thái Thới|Kính Kiếng|Cương Cang|Đảm Đởm|Nhật Nhựt|Nhất Nhứt|Thì Thời|' +
  'Hợp Hiệp|Mệnh Mạng|Chu Châu';

function writeRegional(to: string): void {
  const list = (pairs: string, place: string, source: string) =>
    pairs.split('|').map((pair) => {
      const [north = '', south = ''] = pair.split(' ');
      return dated({ north, south, place }, { source });
    });
  writeTable(
    join(to, 'regional_variants.csv'),
    ['north', 'south', 'place', ...PROVENANCE],
    [
      ...list(SURNAME_PAIRS, 'surname', 'hoten.org counts of 100 surnames'),
      ...list(GIVEN_PAIRS, 'any', 'general knowledge'),
    ],
  );
}

// Surnames of more than one word: the Nguyễn house of Huế, Chinese double surnames, two-word clan names of the highlands.
const COMPOUND_SURNAMES =
  'Tôn Thất|Tôn Nữ|Công Tằng Tôn Nữ|Công Huyền Tôn Nữ|Công Tôn Nữ|Huyền Tôn Nữ|Âu Dương|Tư Mã|Hoàng Phủ|Thượng Quan|Gia Cát|' +
  'Tư Đồ|Đông Phương|Rơ Châm|Rơ Lan|Rơ Mah|Rơ Ô|Buôn Yă|Buôn Krông|Kon Sơ|Cil Múp';

function writeCompoundSurnames(from: string, to: string): void {
  const counted = readCsv(join(from, 'surnames.csv')).map((row) => row.surname ?? '');
  const rows = COMPOUND_SURNAMES.split('|').map((surname) =>
    dated(
      { surname },
      {
        source: counted.includes(surname)
          ? 'hungnguyen18/vietnamese-name-generator@a37d5b1'
          : 'general knowledge',
      },
    ),
  );
  writeTable(join(to, 'compound_surnames.csv'), ['surname', ...PROVENANCE], rows);
}

export function writeNameTables(from: string, to: string): void {
  writeCharsets(from, to);
  writeNameWords(from, to);
  writeRegional(to);
  writeCompoundSurnames(from, to);
}
