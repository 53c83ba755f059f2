import { dayInVietnam } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import { auditBlocking, type BlockingAudit } from '../pipeline/link-explain.js';
import { withOpenRecords } from '../pipeline/open-records.js';
import { count, finePercent } from '../reports/numbers.js';
import { facts, table } from './output.js';
import type { Run, Session } from './session.js';

/** `doisoat blocking JOB`: what the blocking rules would propose for the rows that no number settles. No value is shown. */
export const run: Run = async ({ args, session }) => {
  const { context, say } = session;
  const job = loadJob(args[0] ?? '', { today: dayInVietnam(context.clock()) });
  const audit = await withOpenRecords(job, context, (db, spec) => auditBlocking(db, spec));
  if (audit === null) return { data: null, text: say(NOTHING) };
  return { data: dataOf(audit), text: asText(audit, session) };
};

const NOTHING = {
  vi: 'Không có dòng nào phải đối sánh xác suất: số định danh đã tìm được mọi người, hoặc chưa đủ hai trường để so.',
  en: 'No row needs probabilistic matching: the numbers found everybody, or there are fewer than two fields to compare.',
};

function dataOf({ rules, biggest, missed, pairsPerRecord, ...audit }: BlockingAudit) {
  return {
    ...audit,
    pairs_per_record: pairsPerRecord,
    estimated_missed: missed,
    rules: rules.map(({ rule, pairs, droppedBlocks, droppedRecords }) => {
      const big = biggestOf(biggest, rule);
      return {
        rule,
        pairs,
        blocks: big?.blocks ?? null,
        biggest_block: big?.people ?? null,
        dropped_blocks: droppedBlocks,
        dropped_records: droppedRecords,
      };
    }),
  };
}

/** Keys of numbers with one wrong digit have no blocks of their own to speak of. */
function biggestOf(biggest: BlockingAudit['biggest'], rule: readonly string[]) {
  return biggest.find((one) => one.rule.join() === rule.join());
}

function asText(audit: BlockingAudit, { say }: Session): string {
  const number = (n: number | undefined) => (n === undefined ? '–' : say(count(n)));
  const head = facts([
    [say({ vi: 'Dòng phải đối sánh', en: 'Rows to match' }), number(audit.records)],
    [say({ vi: 'Người trong tham chiếu', en: 'People in the reference' }), number(audit.people)],
    [say({ vi: 'Cặp ứng viên', en: 'Candidate pairs' }), number(audit.pairs)],
    [say({ vi: 'Ứng viên mỗi dòng', en: 'Candidates per row' }), audit.pairsPerRecord.toFixed(1)],
    [
      say({ vi: 'Ước tính cặp đúng bị bỏ sót', en: 'Estimated true pairs missed' }),
      audit.missed === null ? say(TOO_FEW) : `≈ ${say(finePercent(audit.missed))}`,
    ],
  ]);
  const right = (vi: string, en: string) => ({ title: say({ vi, en }), align: 'right' as const });
  const rules = table(
    [
      { title: say({ vi: 'Luật (mọi khóa phải bằng nhau)', en: 'Rule (all keys must be equal)' }) },
      right('Cặp mới', 'New pairs'),
      right('Khối', 'Blocks'),
      right('Khối lớn nhất', 'Biggest block'),
      right('Khối bị bỏ', 'Dropped blocks'),
      right('Dòng trong đó', 'Rows in them'),
    ],
    audit.rules.map(({ rule, pairs, droppedBlocks, droppedRecords }) => {
      const big = biggestOf(audit.biggest, rule);
      return [
        rule.join(' + '),
        ...[pairs, big?.blocks, big?.people, droppedBlocks, droppedRecords].map(number),
      ];
    }),
  );
  return `${head}\n\n${rules}\n\n${say(READING)}`;
}

const TOO_FEW = { vi: 'quá ít cặp để ước tính', en: 'too few pairs to estimate' };

const READING = {
  vi: 'Cặp mới: cặp mà luật này thấy trước tiên. Khối có quá nhiều người thì bị bỏ ở luật đó; luật khác vẫn có thể tìm ra. Ước tính bỏ sót so hai nửa số luật với nhau (bắt – thả – bắt lại), thường hơi thấp.',
  en: 'New pairs: those this rule was the first to find. A block of too many people is dropped for that rule; another may still find them. The estimate compares two halves of the rules (capture and recapture); as a rule it is somewhat low.',
};
