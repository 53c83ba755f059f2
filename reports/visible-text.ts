// Text of the data made fit for office files: what XML 1.0 does not allow or what no reader would see is written out, so that
// nothing hides. `a\u0007b` → `a[U+0007]b`; a mark that turns the writing direction → `[U+202E]`; half a character → `�`.

// Control characters, marks of the writing direction, and the two code points that are no characters. Tab and line end stay.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

/** Text that is valid in XML and shows all it holds. Line ends become `\n`. */
export function visibleText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(UNSEEN, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

/** Nearly all values: letters of Vietnamese and what stands on a keyboard. */
const PLAIN = /^[ -~\u00a0-\u036f\u1ea0-\u1ef9]*$/;

/** At most `most` UTF-16 units, cut before half a character and marked by `…`. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
