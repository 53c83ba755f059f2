import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AuditInput } from '../ledger/audit.js';

/** A file as the audit trail names it: its name without folders, and the sha256 of its bytes. */
export async function fileHash(path: string): Promise<AuditInput> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { name: basename(path), sha256: hash.digest('hex') };
}
