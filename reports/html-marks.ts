// The four quality marks: đúng, đủ, sạch, sống.
import type { Text } from '../messages/text.js';
import { bar, change, section, t } from './html-parts.js';
import type { QualityMark, Summary } from './model.js';
import { markChange } from './model-changes.js';
import { count, percent, pointChange } from './numbers.js';

const MARKS: Readonly<Record<QualityMark['mark'], { readonly name: Text; readonly meaning: Text }>> = {
  correct: {
    name: { vi: 'Đúng', en: 'Correct' },
    meaning: {
      vi: 'Dòng trùng khớp với dữ liệu tham chiếu, kể cả sau làm sạch.',
      en: 'Rows that agree with the reference, also after cleaning.',
    },
  },
  complete: {
    name: { vi: 'Đủ', en: 'Complete' },
    meaning: { vi: 'Dòng có đủ các trường bắt buộc.', en: 'Rows that have all required fields.' },
  },
  clean: {
    name: { vi: 'Sạch', en: 'Clean' },
    meaning: {
      vi: 'Dòng không trùng lặp, không lỗi hình thức.',
      en: 'Rows without duplicates or damage of form.',
    },
  },
  live: {
    name: { vi: 'Sống', en: 'Live' },
    meaning: {
      vi: 'Dòng tìm được người, và người đó còn sống, còn cư trú.',
      en: 'Rows whose person was found and is alive and present.',
    },
  },
};

export function marksSection({ marks }: Summary): string {
  const cards = marks.map((one) => {
    const { mark, numerator, denominator, share } = one;
    const { name, meaning } = MARKS[mark];
    return `<li><p class="what">${t(name)}</p><p class="big">${t(percent(share))}</p>${bar(share, 'good')}<p class="fraction">${t(count(numerator))} / ${t(count(denominator))}</p>${changed(one)}<p class="aside">${t(meaning)}</p></li>`;
  });
  return section(
    'marks',
    { vi: 'Đúng, đủ, sạch, sống', en: 'Correct, complete, clean, live' },
    `<ul class="tiles">${cards.join('\n')}</ul>`,
  );
}

function changed(mark: QualityMark): string {
  return mark.previous === null ? '' : `<p>${change(markChange(mark), pointChange, 'more')}</p>`;
}
