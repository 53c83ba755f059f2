import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { programId } from '../pipeline/build-id.js';
import { VERSION } from '../pipeline/version.js';

const dist = new URL('../dist/', import.meta.url);

describe('the build', () => {
  it('is part of what the built program calls itself, and the sources have none', async () => {
    expect(existsSync(new URL('build-id', dist))).toBe(true);
    const build = readFileSync(new URL('build-id', dist), 'utf8').trim();
    expect(build).toMatch(/^[0-9a-f]{16}$/);
    const built = (await import(new URL('pipeline/build-id.js', dist).href)) as { programId(): string };
    expect(built.programId()).toBe(`${VERSION}+${build}`);
    expect(programId()).toBe(`${VERSION}+sources`);
  });
});
