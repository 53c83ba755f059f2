import type { Text } from '../messages/text.js';
import { IN_TYPESCRIPT, type PlanStep, type StagePlan } from '../pipeline/explain-plan.js';

/** Lines of `doisoat run --explain-plan`: stage by stage, what ran where. */
export function planLines(plan: readonly StagePlan[], say: (text: Text) => string): string[] {
  if (plan.length === 0) return [say(NOTHING)];
  return plan.flatMap((stage) => ['', ...stageLines(stage, say)]);
}

const NOTHING: Text = {
  vi: 'Mọi bước đã do lần chạy dang dở trước làm xong, nên không có gì để chỉ ra; thêm --restart để chạy lại từ đầu.',
  en: 'An interrupted run had finished every stage, so there is nothing to show; add --restart to begin anew.',
};

function stageLines({ stage, steps }: StagePlan, say: (text: Text) => string): string[] {
  const seconds = steps.reduce((sum, one) => sum + one.seconds, 0);
  return [
    `${stage} · ${steps.length} ${say({ vi: 'câu lệnh', en: 'statements' })} · ${seconds.toFixed(3)} s`,
    `  TypeScript: ${say(IN_TYPESCRIPT[stage])}`,
    ...steps.map((step) => `  ${stepLine(step)}`),
  ];
}

function stepLine({ runs_in, text, seconds, times }: PlanStep): string {
  const where = runs_in === 'typescript' ? 'TypeScript ' : '';
  const often = times === 1 ? '' : ` ×${times}`;
  return `${seconds.toFixed(3)} s${often}  ${where}${text}`;
}
