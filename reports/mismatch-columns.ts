// What the columns of the list of mismatches are called and mean, for people (docs/outputs.md). Their order on a sheet: where the row
// is, what is wrong and who mends it, the values side by side, then what machines read.
import type { Text } from '../messages/text.js';
import { lowered } from './mismatch-text.js';
import type { TableColumn } from './report-table.js';
import type { ListColumn } from './xlsx-list.js';

export interface NamedColumn extends ListColumn {
  /** In mismatches.csv. */
  readonly name: string;
}

type Told = readonly [head: Text, meaning: Text, width: number, kind?: TableColumn['kind']];

const told = (vi: string, en: string): Text => ({ vi, en });

const KNOWN: Readonly<Record<string, Told>> = {
  record: [
    told('Bản ghi', 'Record'),
    told('Số thứ tự của dòng, từ 1, qua mọi tệp.', 'Number of the row, from 1, through all files.'),
    10,
    'count',
  ],
  source_file: [told('Tệp', 'File'), told('Tệp đã nộp.', 'The file submitted.'), 22],
  source_line: [
    told('Dòng', 'Line'),
    told('Dòng trong tệp; tiêu đề là dòng 1.', 'Line of the file; the header is line 1.'),
    10,
    'count',
  ],
  record_key: [
    told('Khóa bản ghi', 'Record key'),
    told('Khóa của chính đơn vị chủ quản.', 'The owner’s own key.'),
    18,
  ],
  outcome: [told('Kết quả', 'Outcome'), told('Kết quả đối soát của dòng.', 'What became of the row.'), 26],
  reasons_vi: [
    told('Lý do', 'Reasons in Vietnamese'),
    told('Vì sao không trùng khớp.', 'Why it does not agree.'),
    48,
  ],
  mend_vi: [
    told('Ai sửa được', 'Who can mend it, in Vietnamese'),
    told('Nơi cần xử lý.', 'Who has to act.'),
    32,
  ],
  reference_id: [
    told('Người tìm được', 'Person found'),
    told(
      'Số định danh hoặc khóa của người tìm được trong tham chiếu; với “có thể là”, “nhiều ứng viên” là ứng viên tốt nhất.',
      'Personal ID or key of the person found in the reference; for “possible” and “ambiguous” the best candidate.',
    ),
    18,
  ],
  probability: [
    told('Xác suất', 'Probability'),
    told(
      'Xác suất là đúng người, khi tìm bằng đối sánh xác suất.',
      'That it is the person, where probabilistic matching found him.',
    ),
    10,
    'probability',
  ],
  method: [
    told('Cách tìm', 'Method'),
    told('Người được tìm thấy bằng cách nào.', 'How the person was found.'),
    12,
  ],
  reasons: [
    told('Mã lý do', 'Reason codes'),
    told('Các mã lý do, cách nhau bằng “;”.', 'Reason codes, separated by “;”.'),
    30,
  ],
  reasons_en: [
    told('Lý do, tiếng Anh', 'Reasons'),
    told('Vì sao không trùng khớp, bằng tiếng Anh.', 'Why it does not agree.'),
    48,
  ],
  mend_en: [
    told('Ai sửa được, tiếng Anh', 'Who can mend it'),
    told('Nơi cần xử lý, bằng tiếng Anh.', 'Who has to act.'),
    32,
  ],
};

const FIRST = ['record', 'source_file', 'source_line', 'record_key', 'outcome', 'reasons_vi', 'mend_vi'];
const LAST = ['reference_id', 'probability', 'method', 'reasons', 'reasons_en', 'mend_en'];

const PARTS: Readonly<Record<string, { readonly head: Text; readonly meaning: Text }>> = {
  raw: {
    head: told('như đã nộp', 'as submitted'),
    meaning: told('Giá trị trong tệp nộp.', 'The value in the file.'),
  },
  canonical: {
    head: told('sau làm sạch', 'after cleaning'),
    meaning: told(
      'Giá trị sau làm sạch; trống khi không còn gì dùng được.',
      'The value after cleaning; empty when nothing usable is left.',
    ),
  },
  reference: {
    head: told('tham chiếu', 'reference'),
    meaning: told('Giá trị của người ấy trong dữ liệu tham chiếu.', 'That person’s value in the reference.'),
  },
};

/**
 * The columns of a list by their names in the file, in the order for people. `labels`: of the fields and of the roles that stand
 * before `_raw`, `_outcome` and the like; a name that is not known stands as it is.
 */
export function namedColumns(names: readonly string[], labels: ReadonlyMap<string, Text>): NamedColumn[] {
  const middle = names.filter((name) => !FIRST.includes(name) && !LAST.includes(name));
  const present = (known: readonly string[]) => known.filter((name) => names.includes(name));
  return [...present(FIRST), ...middle, ...present(LAST)].map((name) => namedColumn(name, labels));
}

function namedColumn(name: string, labels: ReadonlyMap<string, Text>): NamedColumn {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  if (known !== undefined) {
    const [head, meaning, width, kind = 'text'] = known;
    return { name, head, meaning, width, kind };
  }
  const [, field = name, part = ''] = /^(.+)_(raw|canonical|reference)$/.exec(name) ?? [];
  const facts = PARTS[part];
  if (facts === undefined) return ofRole(name, labels);
  return {
    name,
    head: joined(labelOf(field, labels), facts.head),
    meaning: facts.meaning,
    width: 24,
    kind: 'text',
  };
}

/** `husband_outcome`: what is said of one of several people in a record; any other name stands as it is. */
function ofRole(name: string, labels: ReadonlyMap<string, Text>): NamedColumn {
  const [, role = '', part = ''] = /^(.+)_(outcome|reference_id|probability|method)$/.exec(name) ?? [];
  const known = Object.hasOwn(KNOWN, part) ? KNOWN[part] : undefined;
  if (known === undefined)
    return { name, head: labelOf(name, labels), meaning: labelOf(name, labels), width: 20, kind: 'text' };
  const [{ vi, en }, meaning, width, kind = 'text'] = known;
  const head = { vi: lowered(vi), en: lowered(en) };
  return { name, head: joined(labelOf(role, labels), head), meaning, width, kind };
}

function labelOf(name: string, labels: ReadonlyMap<string, Text>): Text {
  return labels.get(name) ?? { vi: name, en: name };
}

function joined(label: Text, part: Text): Text {
  return { vi: `${label.vi}: ${part.vi}`, en: `${label.en}: ${part.en}` };
}
