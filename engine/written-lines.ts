import { closeSync, openSync, writeSync } from 'node:fs';

/** Where the bytes of a file of lines are put together: strings that grow by a cell at a time cost twice as much. */
export interface Lines {
  byte(code: number): void;
  text(text: string): void;
  /** As `String(value)`. */
  number(value: number): void;
}

const WRITTEN_AT_ONCE = 1 << 18;
/** Of UTF-8, for a UTF-16 unit. */
const MOST_BYTES = 3;
const MOST_DIGITS = 10;

/** Writes a file anew, readable by its owner only, with what `fill` puts into it. */
export function writeLines(path: string, fill: (lines: Lines) => void): void {
  const file = openSync(path, 'w', 0o600);
  let bytes = Buffer.allocUnsafe(2 * WRITTEN_AT_ONCE);
  let at = 0;
  const room = (wanted: number): void => {
    if (at + wanted <= bytes.length) return;
    writeSync(file, bytes, 0, at);
    at = 0;
    if (wanted > bytes.length) bytes = Buffer.allocUnsafe(wanted);
  };
  const text = (value: string): void => {
    room(value.length * MOST_BYTES);
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) {
        at += bytes.write(value.slice(i), at, 'utf8');
        return;
      }
      bytes[at++] = code;
    }
  };
  const lines: Lines = {
    byte(code) {
      room(1);
      bytes[at++] = code;
    },
    text,
    number(value) {
      if (value >>> 0 !== value) return text(String(value));
      room(MOST_DIGITS);
      const start = at;
      at += digitsOf(value);
      for (let place = at, rest = value; place > start; rest = (rest / 10) >>> 0)
        bytes[--place] = 0x30 + (rest % 10);
    },
  };
  try {
    fill(lines);
    writeSync(file, bytes, 0, at);
  } finally {
    closeSync(file);
  }
}

/** Of a whole number from 0 to 2^32 - 1. */
function digitsOf(value: number): number {
  let digits = 1;
  for (let least = 10; value >= least; least *= 10) digits++;
  return digits;
}
