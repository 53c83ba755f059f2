// The audit trail: who did what, when, with which inputs, and how many personal records were shown unmasked and why. A chain:
// each entry's hash is over its own text and the hash before it, so that an edited, removed or moved entry is found. What no
// chain can show is told in docs/ledger.md: whoever may write the file could make the whole chain anew; an export kept
// elsewhere (`audit verify --against`) shows that too.
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

export interface AuditInput {
  readonly name: string;
  readonly sha256: string;
}

export interface AuditEntry {
  /** ISO time. */
  readonly at: string;
  /** The OS user or who signed in. */
  readonly who: string;
  /** What was done: `run`, `cases export`, `purge`. */
  readonly command: string;
  /** What it was done with. */
  readonly inputs: readonly AuditInput[];
  /** Personal records shown unmasked. */
  readonly revealed: number;
  /** Why they were; empty when none was. */
  readonly why: string;
  /** Anything else worth knowing later; never a value of a person. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export interface KeptEntry extends AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

export interface AuditHead {
  readonly entries: number;
  readonly hash: string;
}

export type AuditFault = 'edited' | 'removed' | 'moved' | 'unknown_end' | 'other_history';

export interface AuditFinding {
  readonly seq: number;
  readonly fault: AuditFault;
}

export interface AuditReport {
  readonly entries: number;
  readonly head: string;
  readonly findings: readonly AuditFinding[];
}

/** What the first entry follows. */
export const AUDIT_START = '0'.repeat(64);

interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly who: string;
  readonly command: string;
  readonly inputs: string;
  readonly revealed: number;
  readonly why: string;
  readonly details: string;
  readonly previous: string;
  readonly hash: string;
}

/** Adds an entry at the end and returns the new head. */
export function appendAudit(db: Database, entry: AuditEntry): AuditHead {
  return db
    .transaction(() => {
      const head = auditHead(db);
      const seq = head.entries + 1;
      const row = {
        ...entry,
        seq,
        inputs: canonicalJson(entry.inputs),
        details: canonicalJson(entry.details),
        previous: head.hash,
      };
      const hash = hashOf(row);
      db.prepare(`insert into audit values
        (@seq, @at, @who, @command, @inputs, @revealed, @why, @details, @previous, @hash)`).run({
        ...row,
        hash,
      });
      db.prepare('update audit_head set entries = ?, hash = ?').run(seq, hash);
      return { entries: seq, hash };
    })
    .immediate();
}

export function auditHead(db: Database): AuditHead {
  return db.prepare('select entries, hash from audit_head').get() as AuditHead;
}

/** All entries, the oldest first. */
export function* auditEntries(db: Database): Generator<KeptEntry> {
  for (const row of rows(db)) {
    const { inputs, details, ...rest } = row;
    yield {
      ...rest,
      inputs: JSON.parse(inputs) as AuditInput[],
      details: JSON.parse(details) as AuditEntry['details'],
    };
  }
}

/**
 * Follows the chain. `known`: hashes by number from an export kept elsewhere. Findings: `edited` the text of this entry is not what
 * was hashed; `removed` numbers before this one are gone; `moved` it does not follow on the entry before it; `unknown_end` the
 * trail ends here, but did not; `other_history` the export has another entry here.
 */
export function verifyAudit(db: Database, known: ReadonlyMap<number, string> = new Map()): AuditReport {
  const findings: AuditFinding[] = [];
  const lastKnown = Math.max(0, ...known.keys());
  let last = { seq: 0, hash: AUDIT_START };
  for (const row of rows(db)) {
    if (hashOf(row) !== row.hash) findings.push({ seq: row.seq, fault: 'edited' });
    else if (row.seq !== last.seq + 1) findings.push({ seq: row.seq, fault: 'removed' });
    else if (row.previous !== last.hash) findings.push({ seq: row.seq, fault: 'moved' });
    const there = known.get(row.seq);
    if (there !== undefined && there !== row.hash) findings.push({ seq: row.seq, fault: 'other_history' });
    last = { seq: row.seq, hash: row.hash };
  }
  const head = auditHead(db);
  if (head.entries !== last.seq || head.hash !== last.hash || lastKnown > last.seq) {
    findings.push({ seq: last.seq, fault: 'unknown_end' });
  }
  return { entries: last.seq, head: last.hash, findings };
}

/** Keys in the order of their names, no blanks: one text for one value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
}

function rows(db: Database): IterableIterator<AuditRow> {
  return db.prepare('select * from audit order by seq').iterate() as IterableIterator<AuditRow>;
}

function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const { at, who, command, inputs, revealed, why, details, previous } = row;
  const text = canonicalJson({ at, who, command, inputs, revealed, why, details });
  return createHash('sha256').update(`${previous}\n${text}`).digest('hex');
}
