// Compiles to dist/ and lays the tables that are data, not code, beside the code that reads them.
// Types are checked by `npm run typecheck`; leaving them out here keeps every command quick to start.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.json'), '--noCheck'], { stdio: 'inherit' });

for (const folder of ['normalizers/data', 'generator/data', 'sectors', 'matchers/data', 'reports/data']) {
  const from = join(root, folder);
  if (!existsSync(from)) continue;
  mkdirSync(join(root, 'dist', folder), { recursive: true });
  for (const name of readdirSync(from)) {
    if (/\.(csv|yaml|json)$/.test(name)) cpSync(join(from, name), join(root, 'dist', folder, name));
  }
}

// What is kept for a later run is used by this very build alone (pipeline/build-id.ts).
const dist = join(root, 'dist');
const hash = createHash('sha256');
const besides = /^(bench|scripts|test|build-id)/;
for (const name of readdirSync(dist, { recursive: true }).map(String).sort()) {
  if (besides.test(name) || !/\.(js|csv|yaml|json)$/.test(name)) continue;
  hash.update(name.replaceAll('\\', '/')).update(readFileSync(join(dist, name)));
}
writeFileSync(join(dist, 'build-id'), `${hash.digest('hex').slice(0, 16)}\n`);
