// The letter of a night that somebody should hear of, as a text that `sendmail -t` takes as it is: headers after RFC 5322
// (the subject after RFC 2047), then Vietnamese, then English. Names of jobs and totals only.
import type { Language, Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { isTroubled, type Night, type NightJob } from './nightly-result.js';
import { jobSentence, nightSentence, problemLines } from './nightly-sentences.js';

/** In the workspace; there only when the last night had something to tell. */
export const MAIL_FILE = 'nightly-mail.txt';

/** The letter as one text with line feeds, as sendmail reads it; `to` null: without an addressee, to be added by whoever sends. */
export function nightMail(night: Night, to: string | null): string {
  const headers = [
    ...(to === null ? [] : [`To: ${to}`]),
    `Subject: ${encodedWords(`[doisoat] ${nightSentence(night).vi.replace(/\.$/, '')}`)}`,
    `Date: ${mailDate(new Date(night.finished))}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    'Auto-Submitted: auto-generated',
  ];
  return `${[...headers, '', ...body(night, 'vi'), '', '-- ', '', ...body(night, 'en')].join('\n')}\n`;
}

/** Throws UserError for what is not an address, so that nothing else gets into the header. */
export function checkedAddress(text: string): string {
  if (/^[^\s@<>,;:"()\\[\]]+@[^\s@<>,;:"()\\[\]]+$/.test(text)) return text;
  throw new UserError({
    what: { vi: `“${text}” không phải địa chỉ thư điện tử.`, en: `“${text}” is not an e-mail address.` },
    where: '--mail-to',
    mend: {
      vi: 'Hãy ghi một địa chỉ như truc-dem@vi-du.vn.',
      en: 'Give one address such as night@example.org.',
    },
  });
}

const HEADINGS: Readonly<Record<'troubled' | 'others', Text>> = {
  troubled: { vi: 'Cần xem', en: 'To look at' },
  others: { vi: 'Các công việc khác', en: 'The other jobs' },
};

function body(night: Night, language: Language): string[] {
  const troubled = night.jobs.filter((job) => isTroubled(job) || job.state === 'skipped');
  const others = night.jobs.filter((job) => !troubled.includes(job));
  return [
    nightSentence(night)[language],
    ...list(HEADINGS.troubled[language], troubled, language),
    ...list(HEADINGS.others[language], others, language),
  ];
}

function list(heading: string, jobs: readonly NightJob[], language: Language): string[] {
  if (jobs.length === 0) return [];
  const lines = jobs.flatMap((job) => [
    `- ${jobSentence(job)[language]}`,
    ...problemLines(job, language).map((line) => `  ${line}`),
  ]);
  return ['', `${heading}:`, ...lines.map(safeLine)];
}

/** A line of a letter has at most 998 bytes, and no control characters; file names may bring either. */
function safeLine(line: string): string {
  let short = line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
  while (Buffer.byteLength(short) > 990) short = `${[...short].slice(0, -20).join('')}…`;
  return short;
}

/** RFC 2047: encoded words of at most 75 characters, cut between characters. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let part = '';
  for (const character of text) {
    if (Buffer.byteLength(part + character) > 45) {
      words.push(part);
      part = '';
    }
    part += character;
  }
  return [...words, part].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\n ');
}

/** `Sat, 21 Nov 2026 02:10:00 +0700`: Vietnam's time. */
function mailDate(moment: Date): string {
  const there = new Date(moment.getTime() + 7 * 3_600_000).toUTCString();
  return there.replace('GMT', '+0700');
}
