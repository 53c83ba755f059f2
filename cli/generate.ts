import { resolve } from 'node:path';
import { ALL_SECTORS, generate } from '../generator/generate.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import { numberOption, type Run, requiredOption, textOption } from './session.js';

const SECTORS: readonly string[] = [...ALL_SECTORS, 'all'];
const MOST = 1_000_000_000;

/** `doisoat generate -o DIR`: synthetic people, extracts and truth. */
export const run: Run = async ({ options, session }) => {
  const name = textOption(options, 'sector') ?? 'all';
  const sector = SECTORS.find((one) => one === name);
  if (sector === undefined) {
    throw new UserError({
      what: {
        vi: `Chưa sinh được dữ liệu cho lĩnh vực “${name}”.`,
        en: `There is no generator for the sector “${name}”.`,
      },
      where: '--sector',
      mend: insteadOf(name, SECTORS),
    });
  }
  const rows = numberOption(options, 'rows', { min: 0, max: MOST, whole: true });
  const dirt = numberOption(options, 'dirt', { min: 0, max: 1, whole: false });
  const out = resolve(requiredOption(options, 'out'));
  const generated = await generate({
    seed: numberOption(options, 'seed', { min: 0, max: 0xffff_ffff, whole: true }) ?? 1,
    people: numberOption(options, 'people', { min: 1, max: MOST, whole: true }) ?? 3000,
    sector,
    out,
    ...(rows === undefined ? {} : { rows }),
    ...(dirt === undefined ? {} : { dirt }),
  });
  const text = session.say({
    vi: `Đã sinh dữ liệu giả lập.\n→ ${out}`,
    en: `Synthetic data is made.\n→ ${out}`,
  });
  return { data: generated, text };
};
