import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PACKED } from '../engine/packed-table.js';

export interface SpillWatch {
  /** Highest number of bytes seen so far. */
  most(): number;
  stop(): void;
}

const LOOK_EVERY_MS = 100;
/** The engine's own files and the packed tables in its temp folder and in those of the roles below it; ours beside them (values on their way, mended copies) are not spilled. */
const SPILLED = new RegExp(`^(duckdb_temp_|${PACKED})`);

/**
 * Watches how much the engine puts aside on disk because it does not fit into its memory: looked at ten times a second, so
 * what comes and goes faster is not seen.
 */
export function watchSpill(tempDir: string): SpillWatch {
  let most = 0;
  const look = () => {
    most = Math.max(most, spilledBytes(tempDir));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    most: () => most,
    stop() {
      clearInterval(timer);
      look();
    },
  };
}

function spilledBytes(tempDir: string): number {
  try {
    const files = readdirSync(tempDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      SPILLED.test(basename(name)),
    );
    return files.reduce(
      (sum, name) => sum + (statSync(join(tempDir, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  } catch {
    return 0;
  }
}
