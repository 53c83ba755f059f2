// Who hears of a night: a letter and webhooks when a job failed or a threshold was crossed, a metrics file always.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import type { Context } from './context.js';
import { METRICS_FILE, writeMetrics } from './metrics.js';
import { MAIL_FILE, nightMail } from './night-mail.js';
import type { NightlyJob } from './nightly-jobs.js';
import { type Delivery, isTroubled, type Night, type NightJob } from './nightly-result.js';
import { jobSentence, nightSentence } from './nightly-sentences.js';
import { postJson, USUAL_ATTEMPTS } from './webhook.js';

export interface NoticeOptions {
  /** Hears of every job; null: only the webhooks of the job files. */
  readonly webhook: string | null;
  /** Addressee of the letter. */
  readonly mailTo: string | null;
  /** Where the metrics go; null: into the workspace. */
  readonly metrics: string | null;
}

interface Announcement {
  readonly jobs: readonly NightlyJob[];
  readonly options: NoticeOptions;
  readonly context: Context;
}

/** Writes the letter, tells the webhooks, writes the metrics; resolves to how the webhooks were told. */
export async function announce(night: Night, { jobs, options, context }: Announcement): Promise<Delivery[]> {
  const { workspace, signal } = context;
  const mail = join(workspace, MAIL_FILE);
  if (night.jobs.some(isTroubled)) writeWhole(mail, nightMail(night, options.mailTo));
  else rmSync(mail, { force: true });
  const told = signal.aborted ? [] : [...troubledByWebhook(night, jobs, options.webhook)];
  const deliveries = await Promise.all(
    told.map(([url, troubled]) => tellWebhook(url, noticeOf(night, troubled), context)),
  );
  await writeMetrics(options.metrics ?? join(workspace, METRICS_FILE), night, workspace);
  return deliveries;
}

/** Address → the jobs in trouble that it is to hear of. */
function troubledByWebhook(
  night: Night,
  jobs: readonly NightlyJob[],
  forAll: string | null,
): Map<string, NightJob[]> {
  const byWebhook = new Map<string, NightJob[]>();
  for (const job of night.jobs.filter(isTroubled)) {
    const own = jobs.find(({ name }) => name === job.job)?.notify.webhook ?? null;
    for (const url of new Set([own, forAll])) {
      if (url !== null) byWebhook.set(url, [...(byWebhook.get(url) ?? []), job]);
    }
  }
  return byWebhook;
}

/** `text` is what chat systems show of it. Files, places and messages stay at home: only names, states and totals go out. */
function noticeOf(night: Night, troubled: readonly NightJob[]): object {
  const lines = [nightSentence(night), ...troubled.map(jobSentence)];
  return {
    schema: 'doisoat.night-notice/1',
    night: night.night,
    exit_code: night.exit_code,
    text: lines.map(({ vi }) => vi).join('\n'),
    text_en: lines.map(({ en }) => en).join('\n'),
    jobs: troubled.map(({ job, state, exit_code, period, crossed, figures, previous }) => ({
      job,
      state,
      exit_code,
      period,
      crossed,
      figures,
      previous,
    })),
  };
}

async function tellWebhook(url: string, notice: object, { log, signal }: Context): Promise<Delivery> {
  const { host } = new URL(url);
  const { delivered, attempts, trouble } = await postJson(url, notice, { ...USUAL_ATTEMPTS, signal });
  if (delivered) log.info({ vi: `Đã báo tới ${host}.`, en: `Told ${host}.` });
  else {
    log.warn({
      vi: `Không báo được tới ${host} sau ${attempts} lần thử (${trouble}).`,
      en: `Could not tell ${host} in ${attempts} tries (${trouble}).`,
    });
  }
  return { host, delivered, attempts };
}
