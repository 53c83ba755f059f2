import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const USUAL = [
  '/usr/bin/soffice',
  '/usr/bin/libreoffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
];

/** LibreOffice of this machine; null: there is none. */
export function installedOffice(): string | null {
  return USUAL.find((path) => existsSync(path)) ?? null;
}

/** Opens a file in LibreOffice without a window and saves it in another format into `folder`; the names of what it made. */
export function convert(office: string, path: string, into: { folder: string; format: string }): string[] {
  mkdirSync(into.folder, { recursive: true });
  const profile = pathToFileURL(join(into.folder, '.profile')).href;
  execFileSync(
    office,
    [
      `-env:UserInstallation=${profile}`,
      '--headless',
      '--convert-to',
      into.format,
      '--outdir',
      into.folder,
      path,
    ],
    // Sheets give files their names, which need a locale that can write them.
    { stdio: 'pipe', timeout: 120_000, env: { ...process.env, LC_ALL: 'C.UTF-8' } },
  );
  return readdirSync(into.folder)
    .filter((name) => name !== '.profile')
    .sort();
}

/** CSV of all sheets: commas, quotes, UTF-8, cells as they are shown. */
export const ALL_SHEETS = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

export function textOf(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}
