import { z } from 'zod';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { nearestName } from './suggest.js';
import type { Path, YamlFile } from './yaml-file.js';

type Issue = z.core.$ZodIssue;

interface Finding {
  readonly path: Path;
  readonly what: Text;
  readonly mend: Text;
  /** Of an unknown key: the one that was meant. What is “missing” because of it is no mistake of its own. */
  readonly meant?: string;
}

/** The file's value as the schema says, or one `UserError` for the first mistake that names the others' places. */
export function checkFile<T extends z.ZodType>(file: YamlFile, schema: T): z.output<T> {
  const result = schema.safeParse(file.value, { reportInput: true });
  if (result.success) return result.data;
  throw fileError(
    file,
    result.error.issues.flatMap((issue) => findings(issue, schema)),
  );
}

/** One message for one mistake found by other means than the schema. */
export function settingError(file: YamlFile, path: Path, what: Text, mend: Text): UserError {
  return new UserError({ what, mend, where: file.where(path) });
}

/** “Did you mean … ?” when a name is near, else the list of the valid ones. */
export function insteadOf(name: string, valid: readonly string[]): Text {
  const nearest = nearestName(name, valid);
  const list = valid.join(', ');
  if (valid.length === 0) return { vi: 'Hãy bỏ dòng này.', en: 'Leave this line out.' };
  return nearest === null
    ? { vi: `Các tên dùng được: ${list}.`, en: `Valid names: ${list}.` }
    : {
        vi: `Có phải ý bạn là “${nearest}”? Các tên dùng được: ${list}.`,
        en: `Did you mean “${nearest}”? Valid names: ${list}.`,
      };
}

function fileError(file: YamlFile, found: readonly Finding[]): UserError {
  const meant = new Set(found.map((one) => one.meant));
  const own = found.filter((one) => !meant.has(one.path.join('.')));
  const placed = own.map((one) => ({ ...one, where: file.where(one.path) }));
  placed.sort((a, b) => lineOf(a.where) - lineOf(b.where));
  const [first, ...others] = placed as [(typeof placed)[number], ...typeof placed];
  const places = [...new Set(others.map(({ where }) => where))].join(', ');
  const more: Text =
    others.length === 0
      ? { vi: '', en: '' }
      : { vi: ` (Còn ${others.length} chỗ sai nữa: ${places}.)`, en: ` (${others.length} more: ${places}.)` };
  return new UserError({
    what: { vi: first.what.vi + more.vi, en: first.what.en + more.en },
    mend: first.mend,
    where: first.where,
  });
}

const lineOf = (where: string) => Number(where.slice(where.lastIndexOf(':') + 1));

/** One issue of zod holds all unknown keys of a place. */
function findings(issue: Issue, schema: z.ZodType): Finding[] {
  if (issue.code !== 'unrecognized_keys') return [finding(issue, schema)];
  return issue.keys.map((key) => finding({ ...issue, keys: [key] }, schema));
}

function finding(issue: Issue, schema: z.ZodType): Finding {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const name = path.length === 0 ? '(gốc / root)' : path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKey(issue.keys[0] ?? '', path, schema);
    case 'invalid_union':
      return unionFinding(issue, path, schema);
    case 'invalid_value':
      return invalidValue(issue, path, name);
    case 'invalid_type':
      return invalidType(issue, path, name);
    case 'invalid_key':
      return {
        path,
        what: { vi: `Tên “${name}” không hợp lệ.`, en: `The name “${name}” is not allowed.` },
        mend: {
          vi: 'Hãy dùng chữ thường không dấu, chữ số và dấu gạch dưới.',
          en: 'Use lower-case letters without marks, digits and underscores.',
        },
      };
    default:
      return {
        path,
        what: {
          vi: `Giá trị của “${name}” không hợp lệ: ${shownValue(issue.input)}.`,
          en: `The value of “${name}” is not valid: ${shownValue(issue.input)}.`,
        },
        mend: { vi: `Điều kiện: ${issue.message}.`, en: `It must be: ${issue.message}.` },
      };
  }
}

function unknownKey(key: string, path: Path, schema: z.ZodType): Finding {
  const inside: Text =
    path.length === 0
      ? { vi: '', en: '' }
      : { vi: ` trong “${path.join('.')}”`, en: ` in “${path.join('.')}”` };
  const valid = keysAt(schema, path);
  const nearest = nearestName(key, valid);
  return {
    path: [...path, key],
    what: { vi: `Không có mục “${key}”${inside.vi}.`, en: `There is no setting “${key}”${inside.en}.` },
    mend: insteadOf(key, valid),
    ...(nearest === null ? {} : { meant: [...path, nearest].join('.') }),
  };
}

/** Of a union, the branch that the user seems to mean: the one whose mistakes lie deepest. */
function unionFinding(issue: z.core.$ZodIssueInvalidUnion, path: Path, schema: z.ZodType): Finding {
  if (issue.input === undefined) return missing(path, path.join('.'));
  const branches = issue.errors.map((issues) => issues[0]).filter((one) => one !== undefined);
  const deepest = branches.toSorted((a, b) => depth(b) - depth(a))[0];
  if (deepest && depth(deepest) > 0) {
    return finding({ ...deepest, path: [...issue.path, ...deepest.path] } as Issue, schema);
  }
  const name = path.join('.');
  const values = valuesAt(schema, path);
  return {
    path,
    what: {
      vi: `Giá trị của “${name}” không đúng kiểu: ${shownValue(issue.input)}.`,
      en: `The value of “${name}” has the wrong type: ${shownValue(issue.input)}.`,
    },
    mend:
      values.length > 0
        ? insteadOf(String(issue.input ?? ''), values)
        : {
            vi: 'Hãy xem docs/job-file.md, docs/sector-file.md.',
            en: 'See docs/job-file.md, docs/sector-file.md.',
          },
  };
}

const depth = (issue: Issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0);

function invalidValue(issue: z.core.$ZodIssueInvalidValue, path: Path, name: string): Finding {
  if (issue.input === undefined) return missing(path, name);
  return {
    path,
    what: {
      vi: `“${name}” không nhận giá trị ${shownValue(issue.input)}.`,
      en: `“${name}” does not take the value ${shownValue(issue.input)}.`,
    },
    mend: insteadOf(String(issue.input), issue.values.map(String)),
  };
}

const TYPE_NAMES: Readonly<Record<string, Text>> = {
  string: { vi: 'chữ', en: 'text' },
  number: { vi: 'số', en: 'a number' },
  int: { vi: 'số nguyên', en: 'a whole number' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  array: { vi: 'danh sách [ … ]', en: 'a list [ … ]' },
  object: { vi: 'nhóm các mục “tên: giá trị”', en: 'settings “name: value”' },
  record: { vi: 'nhóm các mục “tên: giá trị”', en: 'settings “name: value”' },
};

function invalidType(issue: z.core.$ZodIssueInvalidType, path: Path, name: string): Finding {
  if (issue.input === undefined) return missing(path, name);
  const type = TYPE_NAMES[issue.expected] ?? { vi: issue.expected, en: issue.expected };
  return {
    path,
    what: {
      vi: `“${name}” phải là ${type.vi}, nhưng ở đây là ${shownValue(issue.input)}.`,
      en: `“${name}” must be ${type.en}, but here it is ${shownValue(issue.input)}.`,
    },
    mend: { vi: 'Hãy sửa giá trị ở dòng này.', en: 'Correct the value on this line.' },
  };
}

function missing(path: Path, name: string): Finding {
  return {
    path,
    what: { vi: `Thiếu mục “${name}”.`, en: `“${name}” is missing.` },
    mend: { vi: `Hãy thêm “${path.at(-1)}:” vào chỗ này.`, en: `Add “${path.at(-1)}:” here.` },
  };
}

function shownValue(value: unknown): string {
  if (value === null) return '(trống / empty)';
  const text = typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Names that the schema allows at a place, read from its own JSON Schema so that there is no second list. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  return [...new Set(nodesAt(schema, path).flatMap((node) => Object.keys(node.properties ?? {})))];
}

/** Values that it names there, such as the kinds of check. */
function valuesAt(schema: z.ZodType, path: Path): string[] {
  const values = nodesAt(schema, path).flatMap((node) => [...(node.enum ?? []), node.const]);
  return [...new Set(values.flatMap((value) => (typeof value === 'string' ? [value] : [])))];
}

function nodesAt(schema: z.ZodType, path: Path): JsonNode[] {
  let nodes: JsonNode[] = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonNode];
  for (const step of path) nodes = nodes.flatMap(branches).flatMap((node) => child(node, step));
  return nodes.flatMap(branches);
}

interface JsonNode {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonNode>>;
  readonly additionalProperties?: JsonNode | boolean;
  readonly items?: JsonNode;
  readonly anyOf?: readonly JsonNode[];
  readonly oneOf?: readonly JsonNode[];
}

function branches(node: JsonNode): JsonNode[] {
  return [node, ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(branches)];
}

function child(node: JsonNode, step: string | number): JsonNode[] {
  const named = node.properties?.[String(step)];
  if (named) return [named];
  if (typeof step === 'number' && node.items) return [node.items];
  return typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
}
