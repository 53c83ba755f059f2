import { readdirSync, statSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';

/** True when the path holds `*`, `?` or `{a,b}` and so may stand for several files. */
export function isPattern(path: string): boolean {
  return /[*?{]/.test(path);
}

/**
 * Absolute paths that a pattern stands for, sorted by code unit so that every machine reads them in one order.
 * `*` and `?` within a name, `**` for any folders, `{a,b}` for either. Names that begin with a dot are left out.
 * A path without these is itself, whether it exists or not.
 */
export function expandPattern(pattern: string, folder: string): string[] {
  const found = new Set<string>();
  for (const one of alternatives(pattern)) {
    const whole = resolve(folder, one);
    if (!isPattern(one)) {
      found.add(whole);
      continue;
    }
    const { root } = parse(whole);
    const steps = whole.slice(root.length).split(/[\\/]/);
    for (const path of walk(root, steps)) found.add(path);
  }
  return [...found].sort();
}

/** `a{b,c}d` → `abd`, `acd`. */
function alternatives(pattern: string): string[] {
  const group = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(pattern);
  if (!group) return [pattern];
  const [, before = '', middle = '', after = ''] = group;
  return middle.split(',').flatMap((one) => alternatives(before + one + after));
}

function walk(folder: string, steps: readonly string[]): string[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [];
  if (step === '**') {
    return [
      ...walk(folder, rest),
      ...children(folder, true).flatMap((name) => walk(join(folder, name), steps)),
    ];
  }
  const names = isPattern(step) ? children(folder, rest.length > 0).filter(matcherOf(step)) : [step];
  const paths = names.map((name) => join(folder, name));
  return rest.length > 0 ? paths.flatMap((path) => walk(path, rest)) : paths.filter(isFile);
}

function matcherOf(step: string): (name: string) => boolean {
  const source = step
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(name.normalize('NFC')) || expression.test(name);
}

function children(folder: string, onlyFolders: boolean): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.') && (!onlyFolders || isFolder(join(folder, entry.name))))
      .map((entry) => entry.name);
  } catch {
    return []; // a folder that is not there or may not be read holds no file that we could take
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
