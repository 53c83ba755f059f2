import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import { type AuditFault, canonicalJson } from '../ledger/audit.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import type { Context } from '../pipeline/context.js';
import { LEDGER_FILE, withLedger } from '../pipeline/workspace-ledger.js';
import { EXIT } from './errors.js';
import { type Run, requiredOption, textOption } from './session.js';

/** `doisoat audit verify`: follows the chain of hashes; exit 6 and the places where it does not hold. */
export const verify: Run = async ({ options, session }) => {
  const { context, say } = session;
  const against = textOption(options, 'against');
  const known = against === undefined ? new Map<number, string>() : exportedHashes(resolve(against));
  const report = await withExistingLedger(context, (ledger) => ledger.verifyAudit(known));
  const { entries, head, findings } = report;
  const lines = findings.map(({ seq, fault }) => `! ${seq}: ${say(FAULTS[fault])}`);
  const whole = say({
    vi: `Nhật ký kiểm toán nguyên vẹn: ${entries} mục, mã băm cuối ${head}.`,
    en: `The audit trail is whole: ${entries} entries, last hash ${head}.`,
  });
  const broken = say({
    vi: `Nhật ký kiểm toán đã bị thay đổi (${findings.length} chỗ trong ${entries} mục):`,
    en: `The audit trail was changed (${findings.length} places in ${entries} entries):`,
  });
  return {
    data: report,
    text: findings.length === 0 ? whole : [broken, ...lines].join('\n'),
    exitCode: findings.length === 0 ? EXIT.fine : EXIT.trailChanged,
  };
};

const FAULTS: Readonly<Record<AuditFault, Text>> = {
  edited: { vi: 'mục này đã bị sửa', en: 'this entry was edited' },
  removed: { vi: 'ngay trước mục này có mục bị xóa', en: 'entries right before this one were removed' },
  moved: {
    vi: 'mục này không nối tiếp mục trước nó (bị đổi chỗ, hoặc mục giữa bị xóa)',
    en: 'this entry does not follow on the one before it (moved, or one between was removed)',
  },
  unknown_end: {
    vi: 'các mục sau mục này đã bị xóa',
    en: 'entries after this one were removed',
  },
  other_history: {
    vi: 'bản xuất trước đây có một mục khác ở chỗ này',
    en: 'the earlier export has another entry here',
  },
};

/** `doisoat audit export -o FILE`: one JSON object a line, with its hash; keep it elsewhere and verify against it. */
export const exportFile: Run = async ({ options, session }) => {
  const { context, say } = session;
  const path = resolve(requiredOption(options, 'out'));
  const lines = await withExistingLedger(context, (ledger) => [...ledger.auditEntries()].map(canonicalJson));
  writeWhole(path, lines.map((line) => `${line}\n`).join(''));
  const text = say({
    vi: `Đã ghi ${lines.length} mục → ${path}`,
    en: `Wrote ${lines.length} entries → ${path}`,
  });
  return { data: { entries: lines.length, file: path }, text };
};

async function withExistingLedger<T>(context: Context, work: (ledger: Ledger) => T): Promise<T> {
  const path = join(context.workspace, LEDGER_FILE);
  if (existsSync(path)) return withLedger(context, work);
  throw new UserError({
    what: { vi: 'Không gian làm việc này chưa có sổ theo dõi.', en: 'This workspace has no ledger yet.' },
    where: path,
    mend: { vi: 'Hãy kiểm tra --workspace.', en: 'Check --workspace.' },
  });
}

/** Hashes by number of an earlier export. */
function exportedHashes(path: string): ReadonlyMap<number, string> {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return new Map(lines.map((line, i) => exportedHash(line, `${path}:${i + 1}`)));
}

function exportedHash(line: string, where: string): [number, string] {
  try {
    const { seq, hash } = JSON.parse(line) as { seq?: unknown; hash?: unknown };
    if (typeof seq === 'number' && typeof hash === 'string') return [seq, hash];
  } catch {
    // Said below: a line that is no JSON is no entry either.
  }
  throw new UserError({
    what: { vi: 'Dòng này không phải mục của một bản xuất.', en: 'This line is no entry of an export.' },
    where,
    mend: {
      vi: 'Hãy dùng tệp do doisoat audit export ghi ra.',
      en: 'Use a file that doisoat audit export wrote.',
    },
  });
}
