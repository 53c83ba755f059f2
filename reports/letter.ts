// What a job file says of the official letter (Decree 30/2020/NĐ-CP, Annex I): who writes to whom, number, place, date, signature.
// What it leaves out is a dotted line in the letter, to be filled in by hand.

export interface Letter {
  /** Cơ quan, tổ chức chủ quản trực tiếp; null: there is none, or it is not named. */
  readonly agencyAbove: string | null;
  readonly agency: string | null;
  /** `15/BC-CNTT`: number and symbol. */
  readonly number: string | null;
  readonly place: string | null;
  /** `2026-11-21` */
  readonly date: string | null;
  /** Kính gửi. */
  readonly to: readonly string[];
  /** What follows BÁO CÁO; null: the results of this sector and period. */
  readonly subject: string | null;
  /** One line each: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`. */
  readonly signerTitle: readonly string[];
  readonly signer: string | null;
  /** Nơi nhận, besides “Như trên” and the file copy. */
  readonly recipients: readonly string[];
  /** Behind `Lưu: VT,`: the unit that drafted it. */
  readonly filing: string | null;
}

export const BLANK_LETTER: Letter = {
  agencyAbove: null,
  agency: null,
  number: null,
  place: null,
  date: null,
  to: [],
  subject: null,
  signerTitle: [],
  signer: null,
  recipients: [],
  filing: null,
};

/** `15/BC-CNTT` → `Số: 15/BC-CNTT`; numbers below ten get a zero before them. */
export function numberLine({ number }: Letter): string {
  if (number === null) return 'Số: ……/BC-……';
  return `Số: ${number.replace(/^\d(?!\d)/, '0$&')}`;
}

/** `Hà Nội, ngày 05 tháng 02 năm 2026`: days below ten and the months 1 and 2 get a zero before them. */
export function placeAndDate({ place, date }: Letter): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '') ?? [];
  const shortMonth = month !== undefined && Number(month) > 2 ? String(Number(month)) : month;
  return `${place ?? '…………'}, ngày ${day ?? '……'} tháng ${shortMonth ?? '……'} năm ${year ?? '……'}`;
}
