// Which settings a page documents, and which a schema has: docs.test.ts compares the two.

/** Settings named in the first column → their rows; `.encoding` after `reference.path` is `reference.encoding`. */
export function settingRows(page: string): Map<string, string> {
  const rows = new Map<string, string>();
  for (const row of page.split('\n').filter((line) => /^\| `/.test(line))) {
    let parent = '';
    for (const [, name = ''] of (row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)) {
      const full = name.startsWith('.') ? parent + name : name;
      parent = full.split('.').slice(0, -1).join('.');
      rows.set(full, row);
    }
  }
  return rows;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** Paths of all settings; the names that a user chooses stand as `*`. */
export function settingsBelow(schema: unknown, at: string): string[] {
  const { properties = {}, additionalProperties: any, items, anyOf = [], oneOf = [] } = schema as JsonSchema;
  const own = Object.entries(properties).flatMap(([name, inner]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [path, ...settingsBelow(inner, path)];
  });
  const named = typeof any === 'object' ? settingsBelow(any, `${at}.*`) : [];
  const listed = items === undefined ? [] : settingsBelow(items, at);
  return [
    ...new Set([
      ...own,
      ...named,
      ...listed,
      ...[...anyOf, ...oneOf].flatMap((one) => settingsBelow(one, at)),
    ]),
  ];
}

/** In a row of its own, or told where its parts or the setting it belongs to are. */
export function isDocumented(path: string, rows: ReadonlyMap<string, string>, page: string): boolean {
  return rows.has(path) || isFolder(path, rows) || standsWithItsParent(path, rows, page);
}

/** `input`, where `input.path` has a row of its own. */
function isFolder(path: string, rows: ReadonlyMap<string, string>): boolean {
  return [...rows.keys()].some((one) => one.startsWith(`${path}.`));
}

/** A part of a setting may be told in the setting's own row, or be shown in the example. */
function standsWithItsParent(path: string, rows: ReadonlyMap<string, string>, page: string): boolean {
  const name = path.split('.').at(-1) ?? '';
  let parent = path;
  while (parent !== '' && !rows.has(parent)) parent = parent.split('.').slice(0, -1).join('.');
  const row = rows.get(parent) ?? '';
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const said = new RegExp(`\\b${name}\\b`).test(row.split('|').slice(2).join('|'));
  return row !== '' && (said || new RegExp(`\\b${name}:`).test(example));
}
