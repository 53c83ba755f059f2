import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { type LineScan, scanLine } from './csv-line.js';

/** Read at once: the texts of so few rows are gone before they are moved to where long-lived ones are kept. */
const PART_BYTES = 1 << 16;

/**
 * The rows of a file that `writeCsv` has written, in its order, without the header: some at a time, an empty cell as ''. Rejects for
 * a file that ends in the middle of a row.
 */
export async function* writtenRows(path: string): AsyncGenerator<string[][]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let open: LineScan | undefined;
  let isHeader = true;
  for await (const bytes of createReadStream(path, { highWaterMark: PART_BYTES })) {
    const lines = (rest + decoder.write(bytes as Buffer)).split('\r\n');
    rest = lines.pop() ?? '';
    const rows: string[][] = [];
    for (const line of lines) {
      open = scanLine(line, ',', openRecord(open));
      if (open.state === 'broken') throw new Error(`${path}: not a list of ours`);
      if (open.state === 'closed' && !isHeader) rows.push(open.cells);
      if (open.state === 'closed') isHeader = false;
    }
    if (rows.length > 0) yield rows;
  }
  if (rest !== '' || open?.state === 'open') throw new Error(`${path} ends in the middle of a row`);
}

/** A line end within quotes belongs to the cell. */
function openRecord(scan: LineScan | undefined): { cells: readonly string[]; openCell: string } | undefined {
  if (scan?.state !== 'open') return undefined;
  const { cells, openCell } = scan.record;
  return { cells, openCell: `${openCell}\r\n` };
}
