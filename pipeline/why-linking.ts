import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import type { Thresholds } from '../matchers/thresholds.js';
import { readSummary } from '../reports/summary-json.js';
import type { Field } from './fields.js';
import {
  type CandidateEvidence,
  type CandidateRow,
  explainCandidate,
  type FieldEvidence,
} from './link-explain.js';
import { planFields } from './link-fields.js';
import { withParents } from './link-model.js';
import { MODEL_FILE, readModel } from './model-file.js';
import type { RunPlan } from './run-plan.js';
import { maskedId, type PersonValues, peopleOf, shownValue } from './why-values.js';

/** How probabilistic matching came to its decision about a record. */
export interface WhyLinking {
  readonly decision: string;
  readonly probability: number;
  /** log2 of how much likelier the best candidate is than the second; null without a second. */
  readonly margin: number | null;
  /** Candidates compared in all; only the likeliest were kept. */
  readonly candidates_in_all: number;
  /** Probability that none of them is the person. */
  readonly nobody: number | null;
  readonly thresholds: Thresholds;
  readonly candidates: readonly WhyCandidate[];
}

export interface WhyCandidate extends Omit<CandidateEvidence, 'person' | 'fields'> {
  readonly reference_id: string | null;
  readonly fields: readonly (FieldEvidence & { readonly reference: string | null })[];
}

interface Question {
  readonly folder: string;
  readonly row: number;
  readonly revealIds: boolean;
  /** The reference is attached as `ref`. */
  readonly hasReference: boolean;
}

interface LinkRow {
  readonly decision: string;
  readonly probability: number;
  readonly margin: number | null;
  readonly candidates: number;
}

/** Null: the record was settled by its number, or the run had nothing to match by. */
export async function whyLinking(
  db: Database,
  plan: RunPlan,
  question: Question,
): Promise<WhyLinking | null> {
  if (plan.linking === null) return null;
  const [link] = await db.rows<LinkRow>(
    `SELECT decision, probability, margin, candidates FROM run.links WHERE record = ${question.row}`,
  );
  if (link === undefined) return null;
  const rows = await db.rows<Record<string, number | null> & { rule: string | null }>(
    `SELECT * FROM run.candidates WHERE record = ${question.row} ORDER BY place`,
  );
  const model = readModel(join(question.folder, MODEL_FILE));
  const facts = { model, fields: withParents(model, planFields(plan.linking.fields)) };
  const people = question.hasReference
    ? await peopleOf(
        db,
        plan,
        rows.map((row) => Number(row.person)),
      )
    : new Map<number, PersonValues>();
  const shown = maskerOf(plan, question.revealIds);
  return {
    decision: link.decision,
    probability: link.probability,
    margin: link.margin,
    candidates_in_all: link.candidates,
    nobody: rows[0]?.nobody_probability ?? null,
    thresholds: { ...plan.linking.thresholds, ...estimateOf(question.folder) },
    candidates: rows.map((row) => {
      const { person, fields, ...evidence } = explainCandidate(row as CandidateRow, facts);
      const values = people.get(person) ?? {};
      return {
        reference_id: shown.id(values),
        ...evidence,
        rule: row.rule,
        fields: fields.map((one) => ({ ...one, reference: shown.value(one.field, values) })),
      };
    }),
  };
}

/** As the report has it: of what was linked, not of the bands that the thresholds were set by. */
function estimateOf(folder: string): Pick<Thresholds, 'falseLinkRate'> | null {
  const path = join(folder, 'summary.json');
  const { linking } = readSummary(readFileSync(path, 'utf8'), path);
  return linking === null ? null : { falseLinkRate: linking.false_link_rate };
}

function maskerOf({ patterns: { fields, identity } }: RunPlan, revealIds: boolean) {
  const byName = new Map<string, Field>(fields.map((field) => [field.name, field]));
  return {
    id(values: PersonValues): string | null {
      const id = identity === null ? null : (values[identity.name] ?? null);
      return id === null || revealIds ? id : maskedId(id);
    },
    value(name: string, values: PersonValues): string | null {
      const value = values[name] ?? null;
      const field = byName.get(name);
      return value === null || revealIds || field === undefined
        ? value
        : shownValue(field, value, 'canonical');
    },
  };
}
