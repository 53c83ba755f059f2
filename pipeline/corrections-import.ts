// `doisoat corrections import FILE…`: the answers of data owners become decisions about cases. All files are checked before anything
// is entered; decisions about people are about whom the file proposed, whatever later runs say.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { Decision, RowMeant } from '../ledger/decisions.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Text } from '../messages/text.js';
import { audit } from './audit.js';
import { isAboutPeople } from './cases-answer.js';
import { rowsMeant } from './cases-meant.js';
import { holdsRun } from './cases-previous.js';
import type { Context } from './context.js';
import { type AnsweredLine, type BadAnswer, readAnswered } from './corrections-answers.js';
import {
  badLines,
  CONTRADICTS,
  madeAgain,
  NO_CASE,
  NO_RUN,
  NOBODY_PROPOSED,
  NOTE_ONLY,
  notOfList,
  notUnderstood,
  purged,
  SEVERAL_PEOPLE,
  UNKNOWN_CASE,
  unknownRun,
} from './corrections-refusals.js';
import { makeCorrectionRows } from './corrections-rows.js';
import { openRun } from './corrections-run.js';
import { runMark, runOfMark } from './corrections-run-mark.js';
import { ANSWERS_OF, type Answer, answerOf, type CorrectionList } from './corrections-words.js';
import { fileHash } from './file-hash.js';
import { manifestOfRun } from './manifest.js';
import { readReportPlan, readVerdicts } from './report-plan.js';
import { seriesOf } from './run-name.js';
import { readRunPlan } from './run-plan.js';
import { withLedger } from './workspace-ledger.js';

export interface ImportedCorrections {
  readonly decisions: number;
  readonly unanswered: number;
  /** Answers that stood in two places and agree. */
  readonly repeated: number;
}

/** Throws one UserError that names every bad line of all files; nothing has been entered then. */
export async function importCorrections(
  paths: readonly string[],
  context: Context,
): Promise<ImportedCorrections> {
  const bad: BadAnswer[] = [];
  const answered: AnsweredLine[] = [];
  let unanswered = 0;
  for (const path of paths) {
    const read = await readAnswered(path);
    bad.push(...read.bad);
    answered.push(...read.answered);
    unanswered += read.unanswered;
  }
  const understood = answered.flatMap((line) => understand(line, bad));
  return withLedger(context, async (ledger) => {
    const decisions = new Map<string, Decision>();
    const marks = [...new Set(understood.map(({ line }) => line.cells.run))].sort();
    for (const mark of marks) {
      const lines = understood.filter(({ line }) => line.cells.run === mark);
      await decide(lines, { mark, ledger, context, bad, decisions });
    }
    if (bad.length > 0) throw badLines(paths, bad);
    const inputs = await Promise.all(paths.map(fileHash));
    ledger.recordAnswers({ decisions: decisions.values() });
    const details = { decisions: decisions.size };
    audit(ledger, context, { command: 'corrections import', inputs, details });
    return { decisions: decisions.size, unanswered, repeated: understood.length - decisions.size };
  });
}

interface Understood {
  readonly line: AnsweredLine;
  readonly answer: Answer;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function understand(line: AnsweredLine, bad: BadAnswer[]): Understood[] {
  const { cells, where } = line;
  const answer = answerOf(cells.answer);
  const why =
    cells.answer === ''
      ? NOTE_ONLY
      : answer === null
        ? notUnderstood(cells.answer)
        : UUID.test(cells.case.toLowerCase())
          ? null
          : NO_CASE;
  if (why === null && answer !== null) return [{ line, answer }];
  bad.push({ where, why: why ?? NO_CASE });
  return [];
}

interface Deciding {
  readonly mark: string;
  readonly ledger: Ledger;
  readonly context: Context;
  readonly bad: BadAnswer[];
  /** By series and case. */
  readonly decisions: Map<string, Decision>;
}

async function decide(lines: readonly Understood[], deciding: Deciding): Promise<void> {
  const { mark, ledger, context, bad, decisions } = deciding;
  const found = folderOfMark(mark, ledger, context);
  if (typeof found !== 'string') {
    bad.push(...lines.map(({ line }) => ({ where: line.where, why: found })));
    return;
  }
  const asked = await proposals(
    found,
    lines.map(({ line }) => line.cells.case.toLowerCase()),
    context,
  );
  const { run, job } = manifestOfRun(found);
  const by = { series: seriesOf(job), who: context.user, at: context.clock().toISOString() };
  for (const { line, answer } of lines) {
    const caseKey = line.cells.case.toLowerCase();
    const why =
      asked.mark === mark ? refusal(answer, asked.get(caseKey), asked.severalPeople) : madeAgain(run);
    const about = answer === 'same_person' || answer === 'not_same' ? asked.get(caseKey)?.referenceId : null;
    const row = isAboutPeople(answer) ? asked.rows.get(caseKey) : undefined;
    const decision: Decision = {
      ...by,
      caseKey,
      decision: answer,
      note: line.cells.note,
      ...(row === undefined ? {} : { row }),
      ...(about == null ? {} : { referenceId: about }),
    };
    const place = `${by.series} ${caseKey}`;
    const before = decisions.get(place);
    if (why !== null) bad.push({ where: line.where, why });
    else if (before !== undefined && before.decision !== answer)
      bad.push({ where: line.where, why: CONTRADICTS });
    else decisions.set(place, decision);
  }
}

/** The folder of the run that wrote the file, or why there is none. */
function folderOfMark(mark: string, ledger: Ledger, { workspace }: Context): string | Text {
  const run = runOfMark(mark);
  if (run === null) return NO_RUN;
  const row = ledger.runs().find((one) => one.run === run);
  const folder = row === undefined ? null : resolve(workspace, row.folder);
  if (folder === null || !holdsRun(folder, run)) return unknownRun(run);
  if (manifestOfRun(folder).purged !== undefined) return purged(run);
  return folder;
}

interface Proposal {
  readonly list: CorrectionList;
  readonly outcome: string;
  readonly referenceId: string | null;
}

interface Proposals {
  get(caseKey: string): Proposal | undefined;
  /** What tells the rows in later runs, where their record keys do not. */
  readonly rows: ReadonlyMap<string, RowMeant>;
  /** Records of the run hold several people, so that a decision does not say about whom. */
  readonly severalPeople: boolean;
  /** By what files of the run as it is now call it. */
  readonly mark: string;
}

const PORTION = 1000;

/** What the run proposed for the cases. */
async function proposals(folder: string, keys: readonly string[], context: Context): Promise<Proposals> {
  const temp = mkdtempSync(join(tmpdir(), 'doisoat-answers-'));
  try {
    const db = await openRun(folder, temp, context);
    try {
      const severalPeople = await readProposed(db, folder);
      const mark = await runMark(db, manifestOfRun(folder).run);
      const found = new Map<string, Proposal>();
      for (let i = 0; i < keys.length; i += PORTION) {
        const list = keys.slice(i, i + PORTION).map((key) => `${literal(key)}::UUID`);
        const rows = await db.rows<
          Proposal & { key: string }
        >(`SELECT case_key::VARCHAR AS key, list, outcome,
          reference_id AS "referenceId" FROM correction_rows WHERE case_key IN (${list.join(', ')})`);
        for (const { key, ...proposal } of rows) found.set(key, proposal);
      }
      return {
        get: (key) => found.get(key),
        rows: await rowsToldApart(db, folder, keys),
        severalPeople,
        mark,
      };
    } finally {
      await db.close();
    }
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

/** Reads `correction_rows`; the database of the run is called `run`, after its file. */
async function rowsToldApart(
  db: Database,
  folder: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, RowMeant>> {
  await db.run('CREATE OR REPLACE TEMP VIEW shown_cases AS SELECT case_key, record FROM correction_rows');
  const plan = await readRunPlan(db, 'run');
  return rowsMeant({ db, series: seriesOf(manifestOfRun(folder).job), plan }, keys);
}

async function readProposed(db: Database, folder: string): Promise<boolean> {
  const name = await db.value<string>('SELECT current_database()');
  const { patterns } = await readRunPlan(db, name);
  const judged = await readVerdicts(db, name);
  await makeCorrectionRows(db, {
    series: seriesOf(manifestOfRun(folder).job),
    matched: patterns,
    judged,
    owner: null,
  });
  return (await readReportPlan(db, name)).roles.length > 0;
}

/** Why an answer cannot be taken; null: it can. */
function refusal(answer: Answer, proposal: Proposal | undefined, severalPeople: boolean): Text | null {
  if (proposal === undefined) return UNKNOWN_CASE;
  if (!ANSWERS_OF[proposal.list].includes(answer)) return notOfList(proposal.list);
  if (answer !== 'same_person' && answer !== 'not_same') return null;
  if (severalPeople) return SEVERAL_PEOPLE;
  return proposal.referenceId === null || proposal.outcome === 'ambiguous' ? NOBODY_PROPOSED : null;
}
