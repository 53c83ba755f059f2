import type { AuditEntry, AuditHead } from '../ledger/audit.js';
import type { Ledger } from '../ledger/ledger.js';
import { UserError } from '../messages/user-error.js';
import type { Context } from './context.js';

/** What a command did, for the audit trail; the context says who and when. */
export interface Deed
  extends Pick<AuditEntry, 'command'>,
    Partial<Omit<AuditEntry, 'at' | 'who' | 'command'>> {}

/**
 * Adds an entry to the audit trail. Whoever shows personal data unmasked calls this before the data are shown, so that nothing
 * is seen that is not written down. Throws UserError when data are revealed and nobody says why.
 */
export function audit(ledger: Ledger, context: Pick<Context, 'clock' | 'user'>, deed: Deed): AuditHead {
  return ledger.appendAudit(auditEntry(context, deed));
}

/** The entry of a deed, for whoever writes it together with something else. Throws like `audit`. */
export function auditEntry({ clock, user }: Pick<Context, 'clock' | 'user'>, deed: Deed): AuditEntry {
  const { command, inputs = [], revealed = 0, why = '', details = {} } = deed;
  if (revealed > 0 && why.trim() === '') throw noReason(command);
  const at = clock().toISOString();
  return { at, who: user, command, inputs, revealed, why: why.trim(), details };
}

/** The reason for showing personal data, or a UserError: checked before any work is done. */
export function reasonToReveal(revealIds: boolean, why: string | undefined, command: string): string {
  if (revealIds && (why ?? '').trim() === '') throw noReason(command);
  return why?.trim() ?? '';
}

function noReason(command: string): UserError {
  return new UserError({
    what: {
      vi: `doisoat ${command}: chưa nói vì sao cần xem dữ liệu cá nhân không che.`,
      en: `doisoat ${command}: it is not said why personal data must be shown unmasked.`,
    },
    where: '--why',
    mend: {
      vi: 'Hãy thêm --why "lý do"; lý do được ghi vào nhật ký kiểm toán.',
      en: 'Add --why "the reason"; it is written to the audit trail.',
    },
  });
}
