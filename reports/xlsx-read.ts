// Rows of a workbook that came back: what people filled in. Cells as text, as far as a text can say what stood there.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type CellValue, readXlsx } from 'hucre';
import { UserError } from '../messages/user-error.js';

export interface ReadSheet {
  readonly name: string;
  /** From row 1; an empty cell is ''. */
  readonly rows: readonly (readonly string[])[];
}

/** Every sheet of a workbook. Throws UserError for what is none. */
export async function readSheets(path: string): Promise<ReadSheet[]> {
  const bytes = await readFile(path);
  try {
    const { sheets } = await readXlsx(bytes);
    return sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(cellText)) }));
  } catch {
    throw new UserError({
      what: {
        vi: `Tệp ${basename(path)} không đọc được như một bảng tính XLSX (hỏng, hoặc có mật khẩu).`,
        en: `The file ${basename(path)} cannot be read as an XLSX workbook (damaged, or with a password).`,
      },
      where: path,
      mend: {
        vi: 'Hãy mở và lưu lại bằng phần mềm bảng tính, hoặc lưu thành CSV.',
        en: 'Open and save it with a spreadsheet program, or save it as CSV.',
      },
    });
  }
}

function cellText(cell: CellValue): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
