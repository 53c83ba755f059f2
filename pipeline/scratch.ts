import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory } from '../engine/memory.js';
import { closeWorkers } from '../engine/worker-pool.js';
import type { Context } from './context.js';

/**
 * Lends a database on disk that is removed with everything in it when the work ends, however it ends. For commands that
 * only look at a file (profile, clean, evaluate). TMPDIR says where.
 */
export async function withScratch<T>(context: Context, work: (db: Database) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-'));
  try {
    const db = await openDatabase({
      path: join(folder, 'scratch.duckdb'),
      memory: engineMemory(context.memory),
      threads: context.threads,
      tempDir: join(folder, 'spill'),
    });
    return await lend(db, context.signal, work);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await closeWorkers();
  }
}

async function lend<T>(db: Database, signal: AbortSignal, work: (db: Database) => Promise<T>): Promise<T> {
  const stop = () => db.interrupt();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await work(db);
  } finally {
    signal.removeEventListener('abort', stop);
    await db.close();
  }
}
