import { type compareModels, levelWeight, type Model } from '../matchers/model.js';
import { levelLabel } from '../reports/level-labels.js';
import type { Linking } from '../reports/model.js';
import { bits, count, finePercent, percent } from '../reports/numbers.js';
import { facts, table } from './output.js';
import type { Session } from './session.js';

/** A model on a terminal: how it was trained, the run's thresholds if there is one, weights per level. */
export function modelTexts(model: Model, linking: Linking | null, session: Session): string {
  const parts = [trainingText(model, session)];
  if (linking !== null) parts.push(thresholdText(linking, session));
  parts.push(weightTable(model, session));
  return parts.join('\n\n');
}

function trainingText({ training, found, fields }: Model, { say }: Session): string {
  const state = training.converged
    ? { vi: `hội tụ sau ${training.iterations} bước`, en: `converged after ${training.iterations} steps` }
    : {
        vi: `CHƯA hội tụ sau ${training.iterations} bước`,
        en: `NOT converged after ${training.iterations} steps`,
      };
  return facts([
    [say({ vi: 'Trường', en: 'Fields' }), fields.map((field) => field.name).join(', ')],
    [say({ vi: 'Bản ghi đã học', en: 'Records learnt from' }), say(count(training.records))],
    [say({ vi: 'Người trong tham chiếu', en: 'People in the reference' }), say(count(training.people))],
    [say({ vi: 'Cặp đã so', en: 'Pairs compared' }), say(count(training.pairs))],
    [say({ vi: 'Huấn luyện', en: 'Training' }), say(state)],
    [
      say({ vi: 'Ước tính: người có trong tham chiếu', en: 'Estimate: person is in the reference' }),
      say(percent(Math.min(1, found))),
    ],
  ]);
}

function thresholdText(linking: Linking, { say }: Session): string {
  return facts([
    [say({ vi: 'Liên kết từ xác suất', en: 'Linked from probability' }), say(finePercent(linking.accept))],
    [say({ vi: 'Để người xem từ', en: 'Left to people from' }), say(finePercent(linking.review))],
    [
      say({ vi: 'Ước tính tỷ lệ liên kết sai', en: 'Estimated share of false links' }),
      say(finePercent(linking.false_link_rate)),
    ],
    [
      say({ vi: 'Liên kết · có thể · nhiều ứng viên', en: 'Linked · possible · ambiguous' }),
      [linking.linked, linking.possible, linking.ambiguous].map((n) => say(count(n))).join(' · '),
    ],
  ]);
}

function weightTable({ fields }: Model, { say }: Session): string {
  const right = (vi: string, en: string) => ({ title: say({ vi, en }), align: 'right' as const });
  return table(
    [
      { title: say({ vi: 'Trường', en: 'Field' }) },
      { title: say({ vi: 'Mức', en: 'Level' }) },
      { title: say({ vi: 'Nghĩa', en: 'Meaning' }) },
      right('m', 'm'),
      right('u', 'u'),
      right('Trọng số', 'Weight'),
    ],
    fields.flatMap((field) =>
      field.levels.map((level, i) => [
        i === 0 ? field.name : '',
        level.name,
        say(levelLabel(level.name)),
        say(finePercent(level.m[0])),
        say(finePercent(level.u)),
        say(bits(levelWeight(level))),
      ]),
    ),
  );
}

interface Comparison {
  readonly before: Model;
  readonly after: Model;
  readonly levels: ReturnType<typeof compareModels>;
}

/** Two models side by side, the largest change first. */
export function comparisonText({ before, after, levels }: Comparison, { say }: Session): string {
  const right = (vi: string, en: string) => ({ title: say({ vi, en }), align: 'right' as const });
  const trained = (of: (model: Model) => string) => [before, after].map(of).join(' → ');
  const head = facts([
    [
      say({ vi: 'Bản ghi đã học', en: 'Records learnt from' }),
      trained(({ training }) => say(count(training.records))),
    ],
    [
      say({ vi: 'Người có trong tham chiếu', en: 'Person is in the reference' }),
      trained(({ found }) => say(percent(Math.min(1, found)))),
    ],
  ]);
  const shown = (weight: number | null) => (weight === null ? '–' : say(bits(weight)));
  const rows = levels.map(({ field, level, before: old, after: now }) => [
    field,
    level,
    say(levelLabel(level)),
    shown(old),
    shown(now),
    old === null || now === null ? '–' : shown(now - old),
  ]);
  const columns = [
    { title: say({ vi: 'Trường', en: 'Field' }) },
    { title: say({ vi: 'Mức', en: 'Level' }) },
    { title: say({ vi: 'Nghĩa', en: 'Meaning' }) },
    right('Trước', 'Before'),
    right('Sau', 'After'),
    right('Thay đổi', 'Change'),
  ];
  return `${head}\n\n${table(columns, rows)}`;
}
