// Writes every table of normalizers/data/ and generator/data/ that is made from lists of facts, again:
//
//   node dist/scripts/tables.js [LISTS [OUT]]
//
// LISTS holds the lists (scripts/tables/), OUT the two folders; run in the folder of the project. The same lists give the same
// bytes: test/data-tables.test.ts fails where the committed tables are not what this writes.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeManifest } from './table-file.js';
import { writeCodeTables } from './tables-codes.js';
import { writeGeneratorTables } from './tables-generator.js';
import { writeIdentityTables } from './tables-identity.js';
import { writeNameTables } from './tables-names.js';
import { writePhoneTables } from './tables-phones.js';
import { writeUnitTables } from './tables-units.js';

export function writeTables(lists: string, out: string): void {
  const normalizers = join(out, 'normalizers', 'data');
  const generator = join(out, 'generator', 'data');
  for (const folder of [normalizers, generator]) mkdirSync(folder, { recursive: true });
  writeCodeTables(lists, normalizers);
  writeIdentityTables(lists, normalizers);
  writeNameTables(lists, normalizers);
  writePhoneTables(lists, normalizers);
  writeUnitTables(lists, normalizers);
  writeManifest(normalizers);
  writeGeneratorTables(lists, generator);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const [lists = join('scripts', 'tables'), out = '.'] = process.argv.slice(2);
  writeTables(lists, out);
}
