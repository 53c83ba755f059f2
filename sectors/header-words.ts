// The words of a column's header, as far as they mean something: without marks, case, numbering and the remarks that forms put
// beside a name. What offices shorten is written out, so that `SĐT` and `Số điện thoại` are the same words.
// Example: `2. SốGiấyTờ_KH (bắt buộc)` → `so giay to kh`.

/** Remarks that say nothing about which value it is. */
const REMARKS = [
  'bat buoc',
  'neu co',
  'cu moi',
  'khong bat buoc',
  'dd mm yyyy',
  'text',
  'field',
  'column',
  'cot',
  'col',
];

/** What is always short for the same; two-letter words that can be short for two things (GT, DT, TT) are not. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  sdt: 'so dien thoai',
  dtdd: 'dien thoai di dong',
  dc: 'dia chi',
  ntns: 'ngay thang nam sinh',
  ng: 'ngay',
  cccd: 'can cuoc cong dan',
  cmt: 'cmnd',
  ddcn: 'dinh danh ca nhan',
  bhxh: 'bao hiem xa hoi',
  bhyt: 'bao hiem y te',
  mst: 'ma so thue',
  gcn: 'giay chung nhan',
  qd: 'quyet dinh',
  hd: 'hop dong',
  tk: 'tai khoan',
  stk: 'so tai khoan',
  gplx: 'giay phep lai xe',
  hktt: 'ho khau thuong tru',
  kh: 'khach hang',
  dk: 'dang ky',
  bks: 'bien kiem soat',
  tctd: 'to chuc tin dung',
};

/** The header's words in lower case without marks: `SốGiấyTờ_KH` → `so giay to kh`. */
export function headerWords(name: string): string {
  return name
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The header without marks, case, blanks and punctuation: `Số định danh` and `SoDinhDanh` → `sodinhdanh`. */
export function foldHeader(name: string): string {
  return headerWords(name).replaceAll(' ', '');
}

/** The words that are left without numbering and remarks; all of them where nothing else is there. */
export function tellingWords(words: string): string {
  const bare = REMARKS.reduce((text, remark) => text.replaceAll(` ${remark} `, ' '), ` ${words} `)
    .replace(/^ (?:(?:[abcf]|tt)(?= \p{L})|\d+(?= ?\p{L}))/u, ' ')
    .replace(/(?<=\p{L}) ?\d+(?= $)/u, '')
    .trim();
  return bare === '' ? words : bare.replace(/\s+/g, ' ');
}

/** With what is short written out. */
export function writtenOut(words: string): string {
  return words
    .split(' ')
    .map((word) => WRITTEN_OUT[word] ?? word)
    .join(' ');
}
