// Windows-1252, the Western European code page that files of unknown encoding are mostly read as: byte ↔ character.
// Bytes 80–9F are printing characters there (€ ‚ ƒ …), five of them undefined; Latin-1 shows the same bytes as controls.
// Source: WHATWG Encoding Standard, index-windows-1252; Unicode mapping CP1252.TXT.
// Example: byte 8A is shown as Š or as U+008A; textAsByte of both is U+008A.

// One character for each of 80–9F; a space where the code page defines none.
const C1_AS_TEXT = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const BYTE_OF = new Map<string, string>(
  Array.from(C1_AS_TEXT, (shown, i) => [shown, String.fromCharCode(0x80 + i)] as const).filter(
    ([shown]) => shown !== ' ',
  ),
);

/** A byte, given as a character up to U+00FF, as Windows-1252 shows it; undefined bytes stay control characters. */
export function byteAsText(byte: string): string {
  const code = byte.charCodeAt(0);
  const shown = code >= 0x80 && code <= 0x9f ? C1_AS_TEXT.charAt(code - 0x80) : byte;
  return shown === ' ' && code !== 0x20 ? byte : shown;
}

/** A shown character back to its byte (as a character up to U+00FF); others, which no byte shows, stay. */
export function textAsByte(shown: string): string {
  return BYTE_OF.get(shown) ?? shown;
}

/** True when a text holds only what single bytes can show, and something beyond ASCII among it. */
export function isWesternBytes(text: string): boolean {
  let beyond = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if (code > 0xff && !BYTE_OF.has(text.charAt(i))) return false;
    beyond = true;
  }
  return beyond;
}
