import { UserError } from '../messages/user-error.js';
import { readLetter } from '../pipeline/letter-file.js';
import { NATIONAL_FORMATS, nationalSummary } from '../pipeline/national.js';
import { count, percent, periodName, pointChange } from '../reports/numbers.js';
import { insteadOf } from '../sectors/schema-check.js';
import { table } from './output.js';
import { type Run, textOption } from './session.js';

/** `doisoat national`: one line per dataset of a period, from the ledger. */
export const run: Run = async ({ options, session }) => {
  const { say } = session;
  const formats = (textOption(options, 'format') ?? NATIONAL_FORMATS.join(','))
    .split(',')
    .map((name) => name.trim());
  const unknown = formats.find((name) => !NATIONAL_FORMATS.includes(name));
  if (unknown !== undefined) throw unknownFormat(unknown);
  const letter = textOption(options, 'letter');
  const request = {
    period: textOption(options, 'period') ?? null,
    out: textOption(options, 'out') ?? null,
    formats,
    ...(letter === undefined ? {} : { letter: readLetter(letter) }),
  };
  const { national, files } = await nationalSummary(request, session.context);
  const right = { align: 'right' as const };
  const { total } = national;
  const rows = national.datasets.map(({ sector, job, figures, change, cleaned }) => [
    say(sector),
    job,
    say(count(figures.rows)),
    say(count(figures.matched)),
    say(percent(figures.share)),
    say(pointChange(change)),
    say(count(cleaned)),
  ]);
  const sum = [
    say({ vi: 'Cộng', en: 'Total' }),
    '',
    say(count(total.figures.rows)),
    say(count(total.figures.matched)),
    say(percent(total.figures.share)),
    say(pointChange(total.change)),
    say(count(total.cleaned)),
  ];
  const text = table(
    [
      { title: say({ vi: 'Dữ liệu', en: 'Dataset' }) },
      { title: say({ vi: 'Công việc', en: 'Job' }) },
      { title: say({ vi: 'Tổng số', en: 'Total' }), ...right },
      { title: say({ vi: 'Trùng khớp', en: 'Matched' }), ...right },
      { title: say({ vi: 'Tỷ lệ', en: 'Share' }), ...right },
      { title: say({ vi: 'So với kỳ trước', en: 'Change' }), ...right },
      { title: say({ vi: 'Đã làm sạch', en: 'Cleaned so far' }), ...right },
    ],
    [...rows, sum],
  );
  const title = say(periodName(national.period));
  return {
    data: { national, files },
    text: [title, '', text, '', ...files.map((file) => `→ ${file}`)].join('\n'),
  };
};

function unknownFormat(name: string): UserError {
  return new UserError({
    what: { vi: `Không có dạng báo cáo “${name}”.`, en: `There is no report format “${name}”.` },
    where: '--format',
    mend: insteadOf(name, NATIONAL_FORMATS),
  });
}
