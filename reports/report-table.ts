// A table of the report as data, the same for a sheet of XLSX and for a letter: headings in both languages and cells that are still
// numbers, so that a spreadsheet can go on with them.
import type { Text } from '../messages/text.js';

/** `share` is 0–1 and shown as a percentage; null is an empty cell. */
export type Cell = string | number | null;

export interface TableColumn {
  readonly head: Text;
  readonly kind: 'text' | 'count' | 'share' | 'probability';
  /** In characters; a text that is longer is wrapped. */
  readonly width: number;
}

export interface ReportTable {
  readonly name: Text;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** The last row, where there is a sum. */
  readonly total?: readonly Cell[];
}

export function textColumn(vi: string, en: string, width = 24): TableColumn {
  return { head: { vi, en }, kind: 'text', width };
}

export function countColumn(vi: string, en: string, width = 14): TableColumn {
  return { head: { vi, en }, kind: 'count', width };
}

export function shareColumn(vi: string, en: string, width = 12): TableColumn {
  return { head: { vi, en }, kind: 'share', width };
}
