import { existsSync, readFileSync } from 'node:fs';

/** The program's version, from package.json (one level up in the sources, two in dist). */
export const VERSION: string = (() => {
  for (const path of ['../package.json', '../../package.json']) {
    const url = new URL(path, import.meta.url);
    if (existsSync(url)) return (JSON.parse(readFileSync(url, 'utf8')) as { version: string }).version;
  }
  throw new Error('package.json not found');
})();
