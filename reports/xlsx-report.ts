// report.xlsx: every table of the report as a sheet of its own, totals only; it holds no record and may be passed on.
import type { Summary } from './model.js';
import { periodName } from './numbers.js';
import type { ReportTable } from './report-table.js';
import { fieldsTable, inputsTable, marksTable, methodTable, problemsTable } from './report-tables-data.js';
import { caseTables, groupTables } from './report-tables-groups.js';
import { apartTable, rolesTable } from './report-tables-people.js';
import {
  headlineTable,
  mendingTable,
  outcomesTable,
  reasonsTable,
  trendTable,
} from './report-tables-results.js';
import { makeWorkbook } from './xlsx.js';

/** The bytes of the workbook; a table without rows has no sheet. */
export function renderXlsx(summary: Summary): Promise<Uint8Array> {
  const period = periodName(summary.period);
  const { vi, en } = summary.sector.labels;
  return makeWorkbook(
    tablesOf(summary)
      .filter(({ rows, total }) => rows.length > 0 || total !== undefined)
      .map((table) => ({ ...withoutEmptyColumns(table), name: table.name.vi })),
    { vi: `${vi}, ${period.vi}: báo cáo đối soát`, en: `${en}, ${period.en}: reconciliation report` },
  );
}

function tablesOf(summary: Summary): ReportTable[] {
  return [
    headlineTable(summary),
    outcomesTable(summary),
    rolesTable(summary),
    apartTable(summary),
    reasonsTable(summary),
    mendingTable(summary),
    ...groupTables(summary),
    trendTable(summary),
    ...caseTables(summary),
    marksTable(summary),
    fieldsTable(summary),
    problemsTable(summary),
    inputsTable(summary),
    methodTable(summary),
  ];
}

/** Without an earlier period, what would hold its figures is left out. */
function withoutEmptyColumns(table: ReportTable): ReportTable {
  const lines = table.total === undefined ? table.rows : [...table.rows, table.total];
  const filled = table.columns.map((_, i) => lines.some((cells) => cells[i] !== null));
  const kept = <T>(all: readonly T[]): T[] => all.filter((_, i) => filled[i]);
  return {
    ...table,
    columns: kept(table.columns),
    rows: table.rows.map(kept),
    ...(table.total === undefined ? {} : { total: kept(table.total) }),
  };
}
