// Head and foot of an official letter (Decree 30/2020/NĐ-CP, Annex I): the name and motto of the state, the agencies, number, place
// and date, kind and subject of the letter, whom it goes to; at the end nơi nhận and the place for the signature.
import type { Paragraph, Table } from 'docx';
import { line, mm, rule, TEXT_WIDTH, twoColumns } from './docx-parts.js';
import { type Letter, numberLine, placeAndDate } from './letter.js';

const DOTS = '……………………………';
const LEFT = mm(68);
const COLUMNS = [LEFT, TEXT_WIDTH - LEFT] as const;

export function letterhead(letter: Letter, subject: string): (Paragraph | Table)[] {
  const caps = (text: string | null) => (text ?? DOTS).toLocaleUpperCase('vi');
  const left = [
    // An agency without one above it has this line free.
    ...(letter.agencyAbove === null && letter.agency !== null
      ? []
      : [line(caps(letter.agencyAbove), { size: 12, align: 'center' })]),
    line(caps(letter.agency), { size: 12, bold: true, align: 'center' }),
    rule(LEFT, 0.4),
    line(numberLine(letter), { size: 13, align: 'center', space: [8, 0] }),
  ];
  const right = [
    line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 12, bold: true, align: 'center' }),
    line('Độc lập - Tự do - Hạnh phúc', { size: 13, bold: true, align: 'center' }),
    rule(COLUMNS[1], 0.6),
    line(placeAndDate(letter), { size: 13, italics: true, align: 'center', space: [8, 0] }),
  ];
  return [
    twoColumns(left, right, COLUMNS),
    line('BÁO CÁO', { size: 14, bold: true, align: 'center', space: [18, 0] }),
    line(letter.subject ?? subject, { size: 14, bold: true, align: 'center' }),
    rule(TEXT_WIDTH, 0.22),
    ...addressees(letter),
  ];
}

function addressees({ to }: Letter): Paragraph[] {
  const [first = DOTS, ...rest] = to;
  if (rest.length === 0) {
    return [line(`Kính gửi: ${first}`, { size: 14, align: 'center', space: [14, 12] })];
  }
  const all = [first, ...rest];
  return [
    line('Kính gửi:', { size: 14, align: 'center', space: [14, 0] }),
    ...all.map((one, i) =>
      line(`- ${one}${i === all.length - 1 ? '.' : ';'}`, {
        size: 14,
        align: 'center',
        space: [0, i === all.length - 1 ? 12 : 0],
      }),
    ),
  ];
}

export function letterFoot(letter: Letter): Table {
  const filing = `- Lưu: VT${letter.filing === null ? ', …' : `, ${letter.filing}`}.`;
  const receivers = [
    ...(letter.to.length > 0 ? ['- Như trên;'] : []),
    ...letter.recipients.map((one) => `- ${one};`),
    filing,
  ];
  const titles = letter.signerTitle.length > 0 ? letter.signerTitle : [DOTS];
  return twoColumns(
    [
      line('Nơi nhận:', { size: 12, bold: true, italics: true }),
      ...receivers.map((text) => line(text, { size: 11 })),
    ],
    [
      ...titles.map((title) =>
        line(title.toLocaleUpperCase('vi'), { size: 14, bold: true, align: 'center' }),
      ),
      // Room for signature and seal.
      ...Array.from({ length: 5 }, () => line('', { size: 14, align: 'center' })),
      line(letter.signer ?? DOTS, { size: 14, bold: true, align: 'center' }),
    ],
    COLUMNS,
  );
}
