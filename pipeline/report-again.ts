// `doisoat report RUN`: every format of a finished run again, from what the run has kept: summary.json, run.duckdb, model.json,
// manifest.json and, for the lists, the reference where it was. The same run gives the same bytes.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory } from '../engine/memory.js';
import { literal } from '../engine/sql.js';
import { lockRun } from '../ledger/workspace-lock.js';
import { UserError } from '../messages/user-error.js';
import { requireBrowser } from '../reports/pdf.js';
import { readSummary } from '../reports/summary-json.js';
import { audit } from './audit.js';
import type { Context } from './context.js';
import type { Format } from './job-schema.js';
import { type Manifest, manifestOfRun, writeManifest } from './manifest.js';
import { MODEL_FILE, readModel } from './model-file.js';
import { readReference } from './reference.js';
import { attachReference } from './reference-build.js';
import { needsLists, type ReportSource, writeFormats } from './report-formats.js';
import { matchedOf, type ReportPlan, readReportPlan, readVerdicts } from './report-plan.js';
import { runDatabasePath } from './result-rows.js';
import type { RoleRun } from './roles.js';
import { seriesOf } from './run-name.js';
import { readRunPlan } from './run-plan.js';
import { withLedger } from './workspace-ledger.js';

export interface ReportRequest {
  /** Folder of the finished run. */
  readonly folder: string;
  readonly formats: readonly Format[];
  /** Folder to write to; made when it is not there. */
  readonly out: string;
  readonly revealIds: boolean;
  /** Why personal data are shown; the audit trail keeps it. */
  readonly why: string;
}

/**
 * Writes the formats again and returns their paths. Throws UserError for a run of another version, or when a list is asked for and
 * the reference has been moved or changed. Lists with plain numbers are written to the audit trail first.
 */
export async function reportAgain(request: ReportRequest, context: Context): Promise<string[]> {
  const { folder, formats, out } = request;
  if (formats.includes('pdf')) requireBrowser('--format');
  const manifest = manifestOfRun(folder);
  if (resolve(out) !== resolve(folder)) return writeAgain(request, manifest, context);
  // Beside a run that is about to replace the folder, files of two runs would lie in it.
  const lock = lockRun(
    context.workspace,
    { series: seriesOf(manifest.job), out: resolve(folder) },
    { command: `doisoat report ${manifest.run}`, started: context.clock().toISOString() },
  );
  try {
    const written = await writeAgain(request, manifest, context);
    addOutputs(folder, manifest, written);
    return written;
  } finally {
    lock.release();
  }
}

async function writeAgain(request: ReportRequest, manifest: Manifest, context: Context): Promise<string[]> {
  const { folder, formats, out, revealIds } = request;
  const referenceFolder = needsLists(formats) ? sameReference(folder, manifest) : '';
  const temp = mkdtempSync(join(tmpdir(), 'doisoat-report-'));
  try {
    const db = await openDatabase({
      path: runDatabasePath(folder),
      readOnly: true,
      memory: engineMemory(context.memory),
      threads: context.threads,
      tempDir: temp,
    });
    const stop = () => db.interrupt();
    context.signal.addEventListener('abort', stop, { once: true });
    try {
      const source = await sourceOf(db, { folder, manifest, referenceFolder });
      if (revealIds && needsLists(formats)) await writeToTrail(request, manifest, context);
      mkdirSync(out, { recursive: true });
      const roles = source.roles.map(({ database }) => database);
      const finished = { folder, referenceFolder, roles, context };
      return await writeFormats({ ...source, finished }, formats, { folder: out, revealIds });
    } finally {
      context.signal.removeEventListener('abort', stop);
      await db.close();
    }
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

export interface FinishedRun {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Empty: no list is asked for. */
  readonly referenceFolder: string;
}

export async function sourceOf(db: Database, run: FinishedRun): Promise<ReportSource> {
  const { folder, manifest, referenceFolder } = run;
  const name = await db.value<string>('SELECT current_database()');
  const plan = await readReportPlan(db, name);
  if (referenceFolder !== '') await attachReference(db, referenceFolder);
  const summaryPath = join(folder, 'summary.json');
  const modelPath = join(folder, MODEL_FILE);
  return {
    db,
    lists: {
      matched: matchedOf(await readRunPlan(db, name), plan.matched),
      files: manifest.inputs,
      judged: await readVerdicts(db, name),
    },
    roles: await rolesOf(db, folder, plan),
    referenceFolder,
    results: plan.results,
    summary: readSummary(readFileSync(summaryPath, 'utf8'), summaryPath),
    letter: plan.letter,
    model: existsSync(modelPath) ? readModel(modelPath, modelPath) : null,
  };
}

/** Of each of several people in a record: what its own database says. */
async function rolesOf(db: Database, folder: string, { roles }: ReportPlan): Promise<RoleRun[]> {
  const found: RoleRun[] = [];
  for (const { matched: flags, ...role } of roles) {
    await db.run(`ATTACH ${literal(join(folder, role.database))} AS role_run (READ_ONLY)`);
    const matched = matchedOf(await readRunPlan(db, 'role_run'), flags);
    found.push({ ...role, fields: matched.fields, matched, judged: await readVerdicts(db, 'role_run') });
    await db.run('DETACH role_run');
  }
  return found;
}

/** Folder of the reference that the run was made with; UserError when it is not there any more, or is another. */
export function sameReference(folder: string, { reference }: Manifest): string {
  const place = resolve(folder, reference.folder);
  try {
    if (readReference(place).hash === reference.hash) return place;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  throw new UserError({
    what: {
      vi: 'Dữ liệu tham chiếu của lần chạy này không còn ở chỗ cũ hoặc đã đổi, nên không lập lại được các danh sách.',
      en: 'The reference of this run has been moved or changed, so its lists cannot be made again.',
    },
    where: place,
    mend: {
      vi: 'Hãy đưa dữ liệu tham chiếu về chỗ cũ, hoặc chỉ lập html, json, docx, pdf.',
      en: 'Put the reference back, or ask for html, json, docx and pdf only.',
    },
  });
}

async function writeToTrail(request: ReportRequest, manifest: Manifest, context: Context): Promise<void> {
  await withLedger(context, (ledger) =>
    audit(ledger, context, {
      command: 'report',
      inputs: manifest.inputs.map(({ name, sha256 }) => ({ name, sha256 })),
      revealed: manifest.rows,
      why: request.why,
      details: { run: manifest.run, formats: request.formats.join(',') },
    }),
  );
}

/** The manifest names what lies in the run's folder, so that the next run there removes it. */
function addOutputs(folder: string, manifest: Manifest, written: readonly string[]): void {
  const names = written.map((path) => basename(path));
  const added = names.filter((name) => !manifest.outputs.includes(name));
  if (added.length === 0) return;
  writeManifest(folder, { ...manifest, outputs: [...manifest.outputs, ...added] });
}
