import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { judge, type Method } from '../matchers/judge.js';
import type { Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import type { Context } from './context.js';
import { type Manifest, readManifest } from './manifest.js';
import { digitsOf, readPattern, toPattern } from './pattern.js';
import { REFERENCE_DATABASE, readReference } from './reference.js';
import { runDatabasePath } from './result-rows.js';
import { type RunPlan, readRunPlan } from './run-plan.js';
import { withScratch } from './scratch.js';
import { type WhyLinking, whyLinking } from './why-linking.js';
import { findRecord } from './why-record.js';
import { turnToRole } from './why-role.js';
import { decidingRule, numberText, outcomeLabel, PASS_TEXTS } from './why-rule.js';
import {
  maskedId,
  peopleOf,
  type RecordValues,
  recordValues,
  shownFields,
  shownValue,
} from './why-values.js';

/** Why a record of a finished run has its outcome. Values are masked unless `revealIds` was asked for. */
export interface Why {
  readonly run: string;
  /** From 1, in input order. */
  readonly record: number;
  readonly record_key: string | null;
  readonly file: string;
  readonly outcome: Outcome;
  readonly label: Text;
  readonly reasons: readonly string[];
  /** The pass that found the person. */
  readonly method: Method;
  readonly pass: Text;
  /** Where the record's own number led, when it did not lead to the person. */
  readonly number: Text | null;
  /** The rule that decided. */
  readonly rule: Text;
  readonly reference_id: string | null;
  readonly fields: readonly WhyField[];
  /** Null: the record did not go to probabilistic matching. */
  readonly linking: WhyLinking | null;
  /** Problems with the answer itself: the reference is no longer there. */
  readonly notes: readonly Text[];
}

export interface WhyField {
  readonly field: string;
  readonly labels: Text;
  readonly raw: string | null;
  readonly canonical: string | null;
  readonly reference: string | null;
  /** Null: not compared, because one side has no value, or the field only finds the person. */
  readonly level: string | null;
  readonly reasons: readonly string[];
  /** Would have decided the outcome alone. */
  readonly decides: boolean;
}

export interface WhyRequest {
  /** Folder of the run. */
  readonly folder: string;
  /** Number of the record (from 1) or its record_key. */
  readonly record: string;
  /** Of several people in a record, which one; left out: the one whose outcome is the record's, else the main one. */
  readonly role?: string;
  readonly revealIds: boolean;
}

/** Explains one record from what the run has kept. Throws UserError when there is no such run or record. */
export async function explainRun(request: WhyRequest, context: Context): Promise<Why> {
  const { folder } = request;
  const database = runDatabasePath(folder);
  const manifest = readManifest(folder);
  if (!existsSync(database) || manifest === null) throw notARun(folder);
  return withScratch(context, async (db) => {
    await db.run(`ATTACH ${literal(database)} AS run (READ_ONLY)`);
    const row = await findRecord(db, request.record);
    const ofRecord = await turnToRole(db, folder, { row, wanted: request.role });
    const plan = await readRunPlan(db, 'run');
    const notes = await attachSameReference(db, folder, manifest);
    const why = await explain(db, plan, { ...request, run: manifest.run, row, notes });
    return { ...why, notes: [...ofRecord, ...notes] };
  });
}

/** Attaches the reference of the run as `ref`, if it is still where it was and the same; else says so. */
async function attachSameReference(db: Database, folder: string, manifest: Manifest): Promise<Text[]> {
  const place = resolve(folder, manifest.reference.folder ?? '');
  try {
    if (readReference(place).hash !== manifest.reference.hash) return [REFERENCE_CHANGED];
  } catch (error) {
    if (error instanceof UserError) return [REFERENCE_CHANGED];
    throw error;
  }
  await db.run(`ATTACH ${literal(join(place, REFERENCE_DATABASE))} AS ref (READ_ONLY)`);
  return [];
}

const REFERENCE_CHANGED: Text = {
  vi: 'Dữ liệu tham chiếu của lần chạy này không còn ở chỗ cũ hoặc đã đổi, nên không xem được giá trị tham chiếu.',
  en: 'The reference of this run has been moved or changed, so its values cannot be shown.',
};

interface Question extends WhyRequest {
  readonly run: string;
  /** Position of the row, from 0. */
  readonly row: number;
  readonly notes: readonly Text[];
}

async function explain(db: Database, plan: RunPlan, question: Question): Promise<Why> {
  const { row, revealIds, notes } = question;
  const values = await recordValues(db, plan, row);
  const pattern = toPattern(plan.patterns, readPattern(digitsOf(plan.patterns), BigInt(values.pattern)));
  const verdict = judge(pattern, plan.strict);
  const deciding = decidingRule(pattern, { strict: plan.strict, searched: plan.linking !== null });
  const hasReference = notes.length === 0;
  const person = values.person === null ? [] : [values.person];
  const people = hasReference ? await peopleOf(db, plan, person) : new Map();
  const { identity } = plan.patterns;
  return {
    run: question.run,
    record: row + 1,
    record_key: values.recordKey === null ? null : revealIds ? values.recordKey : maskedId(values.recordKey),
    file: plan.files[values.file]?.name ?? '',
    outcome: verdict.outcome,
    label: outcomeLabel(verdict.outcome),
    reasons: verdict.reasons,
    method: pattern.method,
    pass: PASS_TEXTS[pattern.method],
    number: numberText(pattern),
    rule: deciding.text,
    reference_id:
      values.referenceKey === null ? null : revealIds ? values.referenceKey : maskedId(values.referenceKey),
    fields: shownFields(plan).map((field): WhyField => {
      const at = plan.patterns.fields.indexOf(field);
      const theirs = values.person === null ? null : (people.get(values.person)?.[field.name] ?? null);
      const findings = pattern.fields[at]!;
      return {
        field: field.name,
        labels: field.labels,
        ...ownValues(values, field.name, (value, kind) =>
          revealIds ? value : shownValue(field, value, kind),
        ),
        reference: theirs === null || revealIds ? theirs : shownValue(field, theirs, 'canonical'),
        level: field === identity ? null : (findings.level?.name ?? null),
        reasons: verdict.reasons.filter((code) => code.startsWith(`${field.reasons}.`)),
        decides: deciding.fields.includes(at),
      };
    }),
    linking: await whyLinking(db, plan, { ...question, hasReference }),
    notes,
  };
}

function ownValues(
  values: RecordValues,
  field: string,
  shown: (value: string, kind: 'raw' | 'canonical') => string,
): { raw: string | null; canonical: string | null } {
  const { raw, canonical } = values.fields[field] ?? { raw: null, canonical: null };
  return {
    raw: raw === null ? null : raw === canonical ? shown(raw, 'canonical') : shown(raw, 'raw'),
    canonical: canonical === null ? null : shown(canonical, 'canonical'),
  };
}

function notARun(folder: string): UserError {
  return new UserError({
    what: {
      vi: 'Thư mục này không có cơ sở dữ liệu của một lần chạy đã xong.',
      en: 'This folder does not hold the database of a finished run.',
    },
    where: folder,
    mend: { vi: 'Hãy xem các lần chạy bằng doisoat runs.', en: 'See the runs with doisoat runs.' },
  });
}
