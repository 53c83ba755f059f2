import { join, resolve } from 'node:path';
import { OUTCOME_FACTS, type Outcome } from '../matchers/outcomes.js';
import { audit, reasonToReveal } from '../pipeline/audit.js';
import { compareRuns } from '../pipeline/compare.js';
import { withLedger } from '../pipeline/workspace-ledger.js';
import { movesSentence } from '../reports/compare-html.js';
import { CAUSES, type Comparison } from '../reports/compare-model.js';
import { count, percent } from '../reports/numbers.js';
import { table } from './output.js';
import { findRun } from './run-folder.js';
import { type Run, type Session, textOption } from './session.js';

/** `doisoat compare BEFORE AFTER`: what moved between two finished runs. */
export const run: Run = async ({ args, options, session }) => {
  const { context } = session;
  const revealIds = options.revealIds === true;
  const why = reasonToReveal(revealIds, textOption(options, 'why'), 'compare');
  const { comparison, files } = await compareRuns(
    {
      before: findRun(args[0] ?? '', context.workspace),
      after: findRun(args[1] ?? '', context.workspace),
      out: resolve(textOption(options, 'out') ?? join(context.workspace, 'compare')),
      anySeries: options.anySeries === true,
      revealIds,
      beforeRevealing: (revealed) =>
        withLedger(context, (ledger) => {
          audit(ledger, context, { command: 'compare', revealed, why, details: { runs: args.join(' ') } });
        }),
    },
    context,
  );
  return { data: { comparison, files }, text: textOf(comparison, files, session) };
};

function textOf(comparison: Comparison, files: readonly string[], { say }: Session): string {
  const { before, after, moves, notes } = comparison;
  const rates = say({
    vi: `${before.period} → ${after.period}: sai lệch như đã nộp ${percent(comparison.figures.before.rate_as_submitted).vi} → ${percent(comparison.figures.after.rate_as_submitted).vi}, sau làm sạch ${percent(comparison.figures.before.rate_after_cleaning).vi} → ${percent(comparison.figures.after.rate_after_cleaning).vi}.`,
    en: `${before.period} → ${after.period}: mismatch as submitted ${percent(comparison.figures.before.rate_as_submitted).en} → ${percent(comparison.figures.after.rate_as_submitted).en}, after cleaning ${percent(comparison.figures.before.rate_after_cleaning).en} → ${percent(comparison.figures.after.rate_after_cleaning).en}.`,
  });
  const name = (outcome: string | null) =>
    outcome === null ? '–' : say(OUTCOME_FACTS[outcome as Outcome] ?? { vi: outcome, en: outcome });
  const changed = (moves?.matrix ?? []).filter((one) => one.before !== one.after);
  const matrix = table(
    [
      { title: say({ vi: 'Lần trước', en: 'Before' }) },
      { title: say({ vi: 'Lần sau', en: 'After' }) },
      { title: say({ vi: 'Số bản ghi', en: 'Records' }), align: 'right' },
    ],
    changed.map((one) => [name(one.before), name(one.after), say(count(one.records))]),
  );
  const causes = (moves?.causes ?? []).map(
    ({ cause, records }) => `${say(CAUSES[cause])}: ${say(count(records))}`,
  );
  return [
    rates,
    ...(moves === null ? [] : [say(movesSentence(moves))]),
    ...(changed.length === 0 ? [] : ['', matrix]),
    ...(causes.length === 0 ? [] : ['', ...causes]),
    '',
    ...notes.map((note) => say(note)),
    ...files.map((file) => `→ ${file}`),
  ].join('\n');
}
