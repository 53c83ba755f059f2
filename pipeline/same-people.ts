// Do two runs number the same people? They do when their references were made from the same files: a person is a row of them. The
// references themselves may differ by what else their sectors read of those files.
import { resolve } from 'node:path';
import { UserError } from '../messages/user-error.js';
import type { Manifest } from './manifest.js';
import { type ReferenceManifest, readReference } from './reference.js';

/** Equal for references with the same people. */
export function peopleOf({ files }: Pick<ReferenceManifest, 'files'>): string {
  return files.map(({ sha256 }) => sha256).join(' ');
}

/** The reference of a finished run, if it is still where it was and the same. */
export function referenceOfRun(
  folder: string,
  manifest: Manifest,
): { readonly place: string; readonly people: string } | null {
  const place = resolve(folder, manifest.reference.folder);
  try {
    const reference = readReference(place);
    return reference.hash === manifest.reference.hash ? { place, people: peopleOf(reference) } : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
