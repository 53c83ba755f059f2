/**
 * Hides a value of which nothing is known: the first letter of each word stays, other letters and all digits become `*`.
 * `Nguyễn Văn An, 0912 345 678` → `N***** V** A*, **** *** ***`. Cut after 40 characters.
 */
export function maskUnknown(raw: string): string {
  const text = raw.normalize('NFC').replace(/[\u0000-\u001f\u007f]/g, ' ');
  const hidden = text.replace(
    /(\p{L})([\p{L}\p{M}]*)|[\p{N}\p{M}]/gu,
    (_all, first?: string, rest?: string) =>
      first === undefined ? '*' : first + '*'.repeat([...(rest ?? '')].length),
  );
  const letters = [...hidden];
  return letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : hidden;
}
