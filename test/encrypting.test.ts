import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, invented } from './fixtures/people.js';

/** The commands of docs/corrections.md by which correction files are sent encrypted, as they stand there. */

const PAGE = readFileSync(join(import.meta.dirname, '../docs/corrections.md'), 'utf8');
const BLOCKS = [...PAGE.slice(PAGE.indexOf('## Gửi đi có mã hóa')).matchAll(/```sh\n(.*?)```/gs)].map(
  ([, text]) => text!.trim().split('\n'),
);
const [MAKE_KEY = [], ENCRYPT = [], OPEN = []] = BLOCKS;

const TOOLS = [
  { tool: 'age', needs: ['age', 'age-keygen'], key: 'khoa-cong-khai.txt', sent: 'viettel.tar.gz.age' },
  { tool: 'gpg', needs: ['gpg', 'gpgconf'], key: 'dau-moi.asc', sent: 'viettel.tar.gz.gpg' },
] as const;

const isInstalled = (name: string) => spawnSync(name, ['--version']).status === 0;
const hasShell = isInstalled('bash') && isInstalled('tar');
const has = (names: readonly string[]) => hasShell && names.every(isInstalled);

for (const { tool, needs } of TOOLS) {
  if (!has(needs)) console.warn(`No ${tool} found: its commands in docs/corrections.md are not run.`);
}

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'doisoat-enc-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Somebody with a folder and keys of their own; a person would type the passphrase. */
function somebody(name: string): { folder: string; run(lines: readonly string[]): number | null } {
  const folder = join(root, name);
  const home = join(root, `${name}-k`);
  mkdirSync(folder);
  mkdirSync(home, { mode: 0o700 });
  const before = `set -e -o pipefail
gpg() { command gpg --batch --pinentry-mode loopback --passphrase '' "$@"; }
`;
  return {
    folder,
    run(lines) {
      const env = { ...process.env, GNUPGHOME: home };
      const { status } = spawnSync('bash', ['-c', before + lines.join('\n')], { cwd: folder, env });
      if (lines.some((line) => line.includes('gpg'))) spawnSync('gpgconf', ['--kill', 'all'], { env });
      return status;
    },
  };
}

it('the page has the three steps for each tool', () => {
  expect(BLOCKS).toHaveLength(3);
  for (const lines of BLOCKS) {
    for (const { tool } of TOOLS) expect(linesOf(tool, lines).length, tool).toBeGreaterThan(0);
    expect(TOOLS.flatMap(({ tool }) => linesOf(tool, lines)).sort()).toEqual([...lines].sort());
  }
});

function linesOf(tool: string, lines: readonly string[]): string[] {
  return lines.filter((line) => new RegExp(`\\b${tool}(-keygen)?\\b`).test(line));
}

describe.each(TOOLS)('$tool', ({ tool, needs, key, sent }) => {
  const step = (lines: readonly string[]) => linesOf(tool, lines);

  it.skipIf(!has(needs))(
    'the owner, and nobody else, opens what was sent',
    () => {
      const [owner, us, other] = [
        somebody(`${tool}-owner`),
        somebody(`${tool}-us`),
        somebody(`${tool}-other`),
      ];
      const list = csv(invented(40, 1970).map((one) => ({ ...one })));
      mkdirSync(join(us.folder, 'tep-sua', 'viettel'), { recursive: true });
      writeFileSync(join(us.folder, 'tep-sua', 'viettel', 'can-xac-minh.csv'), list);

      expect(owner.run(step(MAKE_KEY))).toBe(0);
      expect(other.run(step(MAKE_KEY))).toBe(0);
      copyFileSync(join(owner.folder, key), join(us.folder, key));
      expect(us.run(step(ENCRYPT))).toBe(0);
      expect(() => gunzipSync(readFileSync(join(us.folder, sent)))).toThrow();

      for (const { folder } of [owner, other]) copyFileSync(join(us.folder, sent), join(folder, sent));
      expect(owner.run(step(OPEN))).toBe(0);
      expect(readFileSync(join(owner.folder, 'viettel', 'can-xac-minh.csv'), 'utf8')).toBe(list);
      expect(other.run(step(OPEN))).not.toBe(0);
      expect(us.run(step(OPEN))).not.toBe(0);
    },
    60_000,
  );
});
