import type { Database } from '../engine/database.js';
import type { Summary } from '../reports/model.js';
import type { Context } from './context.js';
import type { StageName, StageRecord } from './manifest.js';

/** Runs stages one after another, tells the user, and keeps the seconds. */
export class StageClock {
  readonly records: StageRecord[] = [];

  constructor(
    private readonly context: Context,
    private readonly db: Database,
  ) {}

  async run<T extends number | Summary | readonly string[]>(
    stage: StageName,
    work: () => Promise<T>,
  ): Promise<T> {
    this.context.signal.throwIfAborted();
    const task = this.context.progress.start(STAGE_LABELS[stage]);
    const start = performance.now();
    const result = await work();
    const seconds = (performance.now() - start) / 1000;
    const rows = typeof result === 'number' ? result : (this.records.at(-1)?.rows ?? 0);
    task.done(rows);
    this.records.push({ stage, state: 'finished', rows, seconds: Math.round(seconds * 1000) / 1000 });
    this.tellSlowStatements(stage);
    this.db.trace.length = 0;
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
