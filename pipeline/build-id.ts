import { existsSync, readFileSync } from 'node:fs';
import { VERSION } from './version.js';

/** A hash of the built program, written by scripts/build.mjs; the sources, as tests run them, have none. */
const BUILD: string = (() => {
  const url = new URL('../build-id', import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8').trim() : 'sources';
})();

/**
 * Version and build of the program, for whatever is kept to be used by a later run: between two releases the version stays while what
 * the program finds may change.
 */
export function programId(): string {
  return `${VERSION}+${BUILD}`;
}
