// The audit trail: every change of it is found, and told where.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, canonicalJson } from '../ledger/audit.js';
import { type Ledger, openLedger } from '../ledger/ledger.js';
import { audit } from '../pipeline/audit.js';
import fc from './property.js';

let folder: string;
let path: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-audit-'));
  path = join(folder, 'ledger.sqlite');
  ledger = openLedger(path);
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function entry(n: number): AuditEntry {
  return {
    at: `2026-11-21T0${n % 10}:00:00.000Z`,
    who: 'lan',
    command: 'run',
    inputs: [{ name: `tep-${n}.csv`, sha256: 'a'.repeat(64) }],
    revealed: n,
    why: n > 0 ? 'rà soát' : '',
    details: { run: `r-${n}`, rows: n },
  };
}

/** Changes the file as somebody would who can write it, past the triggers. */
function tamper(sql: string): void {
  const db = new Database(path);
  for (const change of ['update', 'delete']) db.exec(`drop trigger audit_keeps_${change}`);
  db.exec(sql);
  db.close();
}

const findings = () => ledger.verifyAudit().findings.map(({ seq, fault }) => `${seq} ${fault}`);

describe('the trail', () => {
  it('is whole as it was written, and gives every entry back', () => {
    for (let n = 0; n < 5; n++) ledger.appendAudit(entry(n));
    expect(ledger.verifyAudit()).toMatchObject({ entries: 5, findings: [] });
    const back = [...ledger.auditEntries()].map(({ seq: _, previous: __, hash: ___, ...one }) => one);
    expect(back).toEqual([0, 1, 2, 3, 4].map(entry));
  });

  it('is whole when there is nothing in it', () => {
    expect(ledger.verifyAudit()).toMatchObject({ entries: 0, findings: [] });
  });

  it.each([
    ['an edited reason', "update audit set why = 'khác' where seq = 3", ['3 edited']],
    ['an edited count', 'update audit set revealed = 0 where seq = 2', ['2 edited']],
    ['an edited name', "update audit set who = 'ai đó' where seq = 1", ['1 edited']],
    ['an edited time', "update audit set at = '2020-01-01' where seq = 5", ['5 edited']],
    ['an edited input', "update audit set inputs = '[]' where seq = 4", ['4 edited']],
    ['an entry taken out', 'delete from audit where seq = 3', ['4 removed']],
    ['the first entries taken out', 'delete from audit where seq < 3', ['3 removed']],
    ['the last entry taken out', 'delete from audit where seq = 5', ['4 unknown_end']],
    ['all entries taken out', 'delete from audit', ['0 unknown_end']],
    [
      'an entry taken out and the others renumbered',
      'delete from audit where seq = 3; update audit set seq = seq - 1 where seq > 3; update audit_head set entries = 4',
      ['3 moved'],
    ],
    [
      'two entries in each other’s place',
      'update audit set seq = 99 where seq = 2; update audit set seq = 2 where seq = 3; update audit set seq = 3 where seq = 99',
      ['2 moved', '3 moved', '4 moved'],
    ],
    [
      'an entry put in with a hash of its own',
      `insert into audit values (6, 'x', 'x', 'x', '[]', 0, '', '{}', 'x', '${'b'.repeat(64)}')`,
      ['6 edited', '6 unknown_end'],
    ],
  ])('shows %s', (_name, sql, expected) => {
    for (let n = 1; n <= 5; n++) ledger.appendAudit(entry(n));
    tamper(sql);
    expect(findings()).toEqual(expected);
  });

  it('shows a chain that was made anew, by an export that was kept elsewhere', () => {
    for (let n = 1; n <= 3; n++) ledger.appendAudit(entry(n));
    const kept = new Map([...ledger.auditEntries()].map(({ seq, hash }) => [seq, hash]));
    tamper(`delete from audit; update audit_head set entries = 0, hash = '${'0'.repeat(64)}'`);
    ledger.appendAudit(entry(1));
    ledger.appendAudit({ ...entry(2), revealed: 0 });
    expect(ledger.verifyAudit().findings).toEqual([]);
    expect(ledger.verifyAudit(kept).findings).toEqual([
      { seq: 2, fault: 'other_history' },
      { seq: 2, fault: 'unknown_end' },
    ]);
  });

  it.each(['audit', 'decisions', 'waivers', 'assignments'])('%s cannot be changed or emptied', (table) => {
    const db = new Database(path);
    db.exec(`insert into jobs (name) values ('s');
      insert into decisions (series, case_key, decision, person_key, note, who, at)
        values ('s', 'k', 'unsure', '', '', 'lan', 't');
      insert into waivers values (null, 's', 'k', 'r', '2026-11-21', 'lan', 't');
      insert into assignments values (null, 's', 'k', 'a', 'lan', 't')`);
    ledger.appendAudit(entry(1));
    expect(() => db.exec(`update ${table} set who = 'x'`)).toThrow(/append-only/);
    expect(() => db.exec(`delete from ${table}`)).toThrow(/append-only/);
    expect(db.prepare(`select count(*) from ${table}`).pluck().get()).toBe(1);
    db.close();
  });
});

describe('what is written', () => {
  it('has one text for one value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('says who, when and why; data are not shown without a reason', () => {
    const context = { user: 'lan', clock: () => new Date('2026-11-21T05:00:00Z') };
    audit(ledger, context, { command: 'why', revealed: 2, why: ' khiếu nại số 12 ' });
    expect([...ledger.auditEntries()]).toMatchObject([
      { seq: 1, who: 'lan', at: '2026-11-21T05:00:00.000Z', revealed: 2, why: 'khiếu nại số 12' },
    ]);
    expect(() => audit(ledger, context, { command: 'why', revealed: 2 })).toThrow(/--why/);
    expect(ledger.verifyAudit().entries).toBe(1);
  });
});
