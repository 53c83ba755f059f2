import type { Database } from '../engine/database.js';
import type { Summary } from '../reports/model.js';
import type { Checkpoint } from './checkpoint.js';
import type { Context } from './context.js';
import { planOf, type StagePlan } from './explain-plan.js';
import type { StageName, StageRecord } from './manifest.js';
import { watchSpill } from './spill.js';

type Result = number | Summary | readonly string[];

function isSummary(result: Result): result is Summary {
  return typeof result === 'object' && 'figures' in result;
}

/** Runs stages one after another, tells the user, keeps the seconds, and what an interrupted run would need to go on. */
export class StageClock {
  readonly records: StageRecord[];
  /** What the stages that ran in this process did; those of an interrupted run before are not known. */
  readonly plans: StagePlan[] = [];

  constructor(
    private readonly context: Context,
    private readonly db: Database,
    private readonly checkpoint: Checkpoint,
  ) {
    this.records = [...checkpoint.stages];
  }

  /**
   * `again`: makes anew what of a finished stage lived only as long as the process; left out where that is nothing, or no later
   * stage needs it.
   */
  async run<T extends Result>(
    stage: StageName,
    work: () => Promise<T>,
    again: () => Promise<unknown> = async () => undefined,
  ): Promise<T | null> {
    if (this.checkpoint.has(stage)) {
      if (!this.checkpoint.has('classify')) await again();
      return null;
    }
    const result = await this.timed(stage, work);
    const summary = isSummary(result) ? result : this.checkpoint.summary;
    this.checkpoint.save(this.records, summary);
    return result;
  }

  /** The last stage: what it made is published next, and is its own checkpoint then. */
  last<T extends readonly string[]>(stage: StageName, work: () => Promise<T>): Promise<T> {
    return this.timed(stage, work);
  }

  private async timed<T extends Result>(stage: StageName, work: () => Promise<T>): Promise<T> {
    this.context.signal.throwIfAborted();
    await this.checkpoint.assertSameInputs();
    const task = this.context.progress.start(STAGE_LABELS[stage]);
    const start = performance.now();
    const spill = watchSpill(this.db.tempDir);
    const result = await work().finally(() => spill.stop());
    const seconds = (performance.now() - start) / 1000;
    const rows = typeof result === 'number' ? result : (this.records.at(-1)?.rows ?? 0);
    task.done(rows);
    this.records.push({
      stage,
      state: 'finished',
      rows,
      seconds: Math.round(seconds * 1000) / 1000,
      spilled_bytes: spill.most(),
    });
    this.plans.push(planOf(stage, this.db.trace));
    this.tellSlowStatements(stage);
    this.db.trace.length = 0;
    await this.checkpoint.assertSameInputs();
    return result;
  }

  /** Statements hold names of tables and files; values stand behind VALUES only, which is cut off. */
  private tellSlowStatements(stage: StageName): void {
    for (const { sql, seconds, processorSeconds } of this.db.trace) {
      if (seconds < 0.02) continue;
      const text = sql.split(' VALUES ', 1)[0]!.replace(/\s+/g, ' ').slice(0, 300);
      const line = `${stage} ${seconds.toFixed(3)} s, CPU ${processorSeconds.toFixed(3)} s: ${text}`;
      this.context.log.debug({ vi: line, en: line });
    }
  }
}

const STAGE_LABELS: Readonly<Record<StageName, { vi: string; en: string }>> = {
  ingest: { vi: 'Đọc tệp', en: 'Reading files' },
  normalize: { vi: 'Chuẩn hóa', en: 'Normalising' },
  match: { vi: 'Đối sánh', en: 'Matching' },
  classify: { vi: 'Phân loại', en: 'Classifying' },
  reconcile: { vi: 'So với kỳ trước', en: 'Reconciling' },
  report: { vi: 'Viết báo cáo', en: 'Writing reports' },
};
