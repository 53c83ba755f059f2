import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where benches keep what they generated: `bench/.data` beside the sources, not committed. */
export function dataFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const root = here.includes(`${join('dist', 'bench')}`) ? join(here, '..', '..') : join(here, '..');
  const folder = join(root, 'bench', '.data');
  mkdirSync(folder, { recursive: true });
  return folder;
}
