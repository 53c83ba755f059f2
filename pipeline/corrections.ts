// `doisoat corrections RUN`: for each data owner a folder with its own records that need a correction, as two lists: what may be
// applied automatically and what must be verified. Answers come back through corrections-import.ts. docs/corrections.md.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import { audit } from './audit.js';
import type { Context } from './context.js';
import { type OwnExtract, readOwnExtract } from './corrections-extract.js';
import { type CorrectionFormat, writeCorrections } from './corrections-files.js';
import { CORRECTIONS, makeCorrections } from './corrections-lists.js';
import { NO_OWNER, type Owner, ownersOf } from './corrections-owners.js';
import { type ProposedField, proposedFields } from './corrections-proposals.js';
import { makeCorrectionRows } from './corrections-rows.js';
import { type CorrectedRun, jobOfRun, ownerField, withFinishedRun } from './corrections-run.js';
import { runMark } from './corrections-run-mark.js';
import { CORRECTION_LISTS, type CorrectionList } from './corrections-words.js';
import type { Field } from './fields.js';
import type { ReportSource } from './report-formats.js';
import { seriesOf } from './run-name.js';
import { withLedger } from './workspace-ledger.js';

export interface CorrectionsRequest {
  /** Folder of a finished run. */
  readonly folder: string;
  /** The job file, where it is not found by its name. */
  readonly job?: string | undefined;
  /** A new or empty folder. */
  readonly out: string;
  readonly formats: readonly CorrectionFormat[];
  /** Field that says whose a record is; the job's first group when left out. */
  readonly by?: string | undefined;
  /** Only this owner's files, by its name as people write it. */
  readonly owner?: string | undefined;
  /** Values of the reference as they are; else masked. */
  readonly revealIds: boolean;
  readonly why: string;
}

export interface OwnerFiles {
  /** As people read it; empty: records that name no owner. */
  readonly owner: string;
  readonly folder: string;
  readonly automatic: number;
  readonly verify: number;
  readonly files: readonly string[];
}

export interface CorrectionsAnswer {
  readonly schema: 'doisoat.corrections/1';
  readonly run: string;
  /** Field that says whose a record is; null: all records are one owner's. */
  readonly by: string | null;
  /** Values of the reference, every value (a restricted sector), or nothing. */
  readonly masked: keyof typeof MASKED_TEXTS;
  readonly owners: readonly OwnerFiles[];
  /** Of the files written; `needed` is all that the run found to correct, `unread` the rows that were no records. */
  readonly totals: {
    readonly automatic: number;
    readonly verify: number;
    readonly needed: number;
    readonly unread: number;
  };
}

/** Totals of the folder, for machines; names nobody. */
const CORRECTIONS_FILE = 'corrections.json';

/**
 * Writes the files of every owner, all or none, and says in the audit trail what was written. Throws UserError when the run was
 * purged, its inputs are gone or changed, there is no such owner, or the folder is not empty.
 */
export async function writeAllCorrections(
  request: CorrectionsRequest,
  context: Context,
): Promise<CorrectionsAnswer> {
  const out = resolve(request.out);
  if (isTaken(out)) throw notEmpty(out);
  const building = `${out}.building`;
  rmSync(building, { recursive: true, force: true });
  try {
    mkdirSync(building, { recursive: true, mode: 0o700 });
    const answer = await withFinishedRun(request.folder, context, (run) =>
      write(run, { request, building }, context),
    );
    rmSync(out, { recursive: true, force: true });
    renameSync(building, out);
    return answer;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

function isTaken(out: string): boolean {
  return existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length > 0);
}

interface Place {
  readonly request: CorrectionsRequest;
  readonly building: string;
}

interface Prepared {
  readonly extract: OwnExtract;
  readonly fields: readonly ProposedField[];
  readonly owner: Field | null;
}

async function write(
  run: CorrectedRun,
  { request, building }: Place,
  context: Context,
): Promise<CorrectionsAnswer> {
  const { db, manifest, source } = run;
  const prepared = await prepare(run, request, context);
  const { figures } = source.summary;
  const needed = await db.value<number>(`SELECT count(*) FROM ${CORRECTIONS}`);
  if (needed !== figures.mismatch_as_submitted) {
    throw new Error(`${figures.mismatch_as_submitted} rows to correct, ${needed} in the lists`);
  }
  const owners = chosen(await ownersOf(db, prepared.owner), request.owner);
  const records = owners.reduce((sum, { automatic, verify }) => sum + automatic + verify, 0);
  await withLedger(context, (ledger) => {
    audit(ledger, context, {
      command: 'corrections',
      inputs: manifest.inputs.map(({ name, sha256 }) => ({ name, sha256 })),
      revealed: request.revealIds ? records : 0,
      why: request.why,
      details: { run: manifest.run, owners: owners.length, records },
    });
  });
  const written: OwnerFiles[] = [];
  for (const owner of owners) written.push(await writeOwner(run, owner, { ...prepared, request, building }));
  const sum = (list: CorrectionList) => written.reduce((total, one) => total + one[list], 0);
  const answer: CorrectionsAnswer = {
    schema: 'doisoat.corrections/1',
    run: manifest.run,
    by: prepared.owner?.name ?? null,
    masked: maskedIn(source, request),
    owners: written,
    totals: {
      automatic: sum('automatic'),
      verify: sum('verify'),
      needed,
      unread: figures.outcomes['rejected'] ?? 0,
    },
  };
  writeWhole(join(building, CORRECTIONS_FILE), `${JSON.stringify(answer, null, 2)}\n`);
  return answer;
}

/** Makes the table CORRECTIONS. */
async function prepare(
  { db, manifest, source }: CorrectedRun,
  request: CorrectionsRequest,
  context: Context,
): Promise<Prepared> {
  const job = jobOfRun(manifest, request.job, context);
  const { matched, judged } = source.lists;
  const owner = ownerField(matched.fields, job, request.by);
  await makeCorrectionRows(db, { series: seriesOf(manifest.job), matched, judged, owner });
  const extract = await readOwnExtract(db, job, manifest);
  const fields = proposedFields(matched, source.roles);
  const scratch = join(db.tempDir, 'corrections');
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  await makeCorrections(db, { source, extract, fields, revealIds: request.revealIds, scratch });
  rmSync(scratch, { recursive: true, force: true });
  return { extract, fields, owner };
}

async function writeOwner(
  { db, manifest, source }: CorrectedRun,
  owner: Owner,
  { extract, fields, request, building }: Prepared & Place,
): Promise<OwnerFiles> {
  const folder = join(building, owner.folder);
  mkdirSync(folder, { mode: 0o700 });
  const files: string[] = [];
  const run = await runMark(db, manifest.run);
  for (const list of CORRECTION_LISTS) {
    const file = {
      owner: owner.value,
      label: owner.label,
      list,
      rows: owner[list],
      run,
      extract,
      fields,
      notes: [MASKED_TEXTS[maskedIn(source, request)]],
    };
    if (file.rows === 0) continue;
    for (const format of request.formats) files.push(await writeCorrections(db, folder, { format, file }));
  }
  const { automatic, verify, value, label } = owner;
  return { owner: value === null ? '' : label.vi, folder: owner.folder, automatic, verify, files };
}

/** What a reader of the files has to know. */
export const MASKED_TEXTS = {
  reference: {
    vi: 'Giá trị lấy từ dữ liệu tham chiếu được che; muốn đơn vị sửa được ngay thì lập lại với --reveal-ids.',
    en: 'Values of the reference are masked; for the owner to correct by them, write the files again with --reveal-ids.',
  },
  all: {
    vi: 'Lĩnh vực này hạn chế: mọi giá trị đều được che; muốn đơn vị sửa được thì lập lại với --reveal-ids.',
    en: 'This sector is restricted: every value is masked; for the owner to correct by them, write the files again with --reveal-ids.',
  },
  nothing: {
    vi: 'Giá trị lấy từ dữ liệu tham chiếu KHÔNG được che (trừ người chỉ “có thể là”): chỉ giao cho đúng đơn vị, qua kênh được mã hóa.',
    en: 'Values of the reference are NOT masked (but for people who are only possible): hand this to its owner only, encrypted.',
  },
} as const satisfies Readonly<Record<string, Text>>;

function maskedIn({ lists }: ReportSource, { revealIds }: CorrectionsRequest): keyof typeof MASKED_TEXTS {
  if (revealIds) return 'nothing';
  return lists.matched.restricted === true ? 'all' : 'reference';
}

/** All owners, or the one asked for. */
function chosen(owners: readonly Owner[], name: string | undefined): readonly Owner[] {
  if (name === undefined) return owners;
  const found = owners.filter(({ names }) => names.includes(nameKey(name)));
  if (found.length > 0) return found;
  const known = owners.map(({ label }) => label.vi);
  throw new UserError({
    what: {
      vi: `Không có đơn vị “${name}” trong các bản ghi cần sửa.`,
      en: `There is no owner “${name}” among the records to correct.`,
    },
    where: '--owner',
    mend: insteadOf(name, known),
  });
}

function nameKey(name: string): string {
  return name.trim() === '' ? NO_OWNER : name.trim().normalize('NFC').toLowerCase();
}

function notEmpty(out: string): UserError {
  return new UserError({
    what: {
      vi: 'Chỗ này đã có tệp; có thể đơn vị đã điền câu trả lời vào đó.',
      en: 'There are files in this place; somebody may have filled in answers.',
    },
    where: out,
    mend: { vi: 'Hãy chọn một thư mục mới.', en: 'Choose a new folder.' },
  });
}
