// national.xlsx: the programme's table as a sheet.
import type { National } from './national-model.js';
import { nationalTable } from './national-table.js';
import { periodName } from './numbers.js';
import { makeWorkbook } from './xlsx.js';

/** The bytes of the workbook. */
export function renderNationalXlsx(national: National): Promise<Uint8Array> {
  const { vi, en } = periodName(national.period);
  const table = nationalTable(national);
  return makeWorkbook([{ ...table, name: table.name.vi, frozenColumns: 2 }], {
    vi: `Tổng hợp làm sạch dữ liệu ${vi}`,
    en: `Summary of data cleaning, ${en}`,
  });
}
