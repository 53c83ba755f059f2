import { readFileSync } from 'node:fs';
import type { Hints, Normalizer } from '../normalizers/normalizer.js';
import { problemsOfMask, saidMask } from '../normalizers/normalizer.js';

/** Rows of a table of cases in `test/cases/`, by column name. */
export function caseTable(name: string): Record<string, string>[] {
  const lines = readFileSync(new URL(`./cases/${name}.csv`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const [header = [], ...rows] = lines.map(cellsOf);
  return rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i] ?? ''])));
}

function cellsOf(line: string): string[] {
  const cells = [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map((found) => found[1] ?? '');
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

/** From `today=2026-11-21;settings.earliest_year=1976` to hints. */
export function hintsOf(text: string): Hints {
  const hints: Record<string, unknown> = {};
  const settings: Record<string, string | number> = {};
  for (const entry of text.split(';').filter((part) => part !== '')) {
    const [key = '', ...rest] = entry.split('=');
    const plain = rest.join('=');
    const value = /^\d+$/.test(plain) ? Number(plain) : plain;
    if (key.startsWith('settings.')) settings[key.slice('settings.'.length)] = value;
    else hints[key] = value;
  }
  return Object.keys(settings).length === 0 ? hints : { ...hints, settings };
}

/** A normalizer's answer as its table of cases writes it. */
export function answerOf(normalizer: Normalizer, row: Record<string, string>): Record<string, string> {
  const { value, problems, notes = [], type } = normalizer.normalize(row.raw ?? '', hintsOf(row.hints ?? ''));
  return { value: value ?? '', type: type ?? '', problems: problems.join(' '), notes: notes.join(' ') };
}

/** The answer that a row of a table of cases asks for. */
export function expectedOf({ value = '', type = '', problems = '', notes = '' }: Record<string, string>) {
  return { value, type, problems, notes };
}

/** What every normalizer promises of any string: no throw, idempotence, canonical values left alone, known problems. */
export function breachOf(normalizer: Normalizer, raw: string, hints: Hints = {}): string | null {
  const first = normalizer.normalize(raw, hints);
  const { problems, notes = [] } = first;
  const said = problemsOfMask(normalizer.problems, saidMask(normalizer.problems, first));
  if (said.length !== new Set([...problems, ...notes]).size) return 'problem mask';
  if (canonicalOf(normalizer)?.test(raw)) {
    if (first.value !== raw || said.length > 0 || first.type !== undefined) return 'canonical';
  }
  if (first.value === null) return null;
  if (normalizer.normalize(first.value, {}).value !== first.value) return `not idempotent: ${first.value}`;
  if (normalizer.format(first.value) === '') return 'format';
  const shown = normalizer.mask(first.value);
  return first.value.length > 4 && shown === first.value ? 'mask shows all' : null;
}

const compiled = new Map<string, RegExp>();

function canonicalOf({ canonical }: Normalizer): RegExp | undefined {
  if (canonical !== null && !compiled.has(canonical))
    compiled.set(canonical, new RegExp(`^(?:${canonical})$`, 'u'));
  return compiled.get(canonical ?? '');
}
