// No format computes a number: what a report shows is worked out once, in the model's files. Here the sources of the formats are read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const REPORTS = join(import.meta.dirname, '../reports');

/** Files that are no format: they work the numbers out, and show nothing. */
const MODEL =
  /^(model(-(cases|changes|example|groups|shares|sums))?|(compare|cross|national)-model|summary-(json|schema))\.ts$/;

/** Files that may reckon, each with what: never a figure that a reader sees. */
const MAY_RECKON: readonly (readonly [file: RegExp, what: string])[] = [
  [/^chart-\w+\.ts$/, 'places, lengths and scales of a drawing'],
  [/^html-parts\.ts$/, 'the width of a bar in percent'],
  [/^docx-(parts|letterhead)\.ts$/, 'measures of a page: columns, rules, sizes of pictures'],
  [/^visible-text\.ts$/, 'how many letters of a text there is room for'],
  [/^shown-rows\.ts$/, 'how much of a list a page has room for'],
  [/^numbers\.ts$/, 'the unit that a number is written in: percent, million, MB'],
  [/^(xlsx(?!-report)[\w-]*|zip)\.ts$/, 'bytes, rows and sheets of a container'],
];

const files = readdirSync(REPORTS).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
const mayReckon = (file: string) => MAY_RECKON.some(([pattern]) => pattern.test(file));
const formats = files.filter((file) => !MODEL.test(file));

const ARITHMETIC: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.PlusEqualsToken,
  ts.SyntaxKind.MinusEqualsToken,
  ts.SyntaxKind.AsteriskEqualsToken,
  ts.SyntaxKind.SlashEqualsToken,
  ts.SyntaxKind.PlusPlusToken,
  ts.SyntaxKind.MinusMinusToken,
]);

/** To choose the most of some numbers, and to rank by size, computes none. */
const CHOOSING = ['max', 'min', 'abs'];

function sourceOf(file: string): ts.SourceFile {
  return parsed(file, readFileSync(join(REPORTS, file), 'utf8'));
}

function parsed(name: string, text: string): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
}

/** Every piece of a source that reckons, as it stands there. What ranks (`sort`, `toSorted`) is passed over. */
function reckonings(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (reckons(node)) found.push(node.getText(source));
    if (ts.isCallExpression(node) && isSort(node)) visit(node.expression);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isSort({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && ['sort', 'toSorted'].includes(expression.name.text);
}

function reckons(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) return ARITHMETIC.has(node.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(node)) {
    return ARITHMETIC.has(node.operator) && !ts.isNumericLiteral(node.operand);
  }
  if (ts.isPostfixUnaryExpression(node)) return true;
  if (!ts.isPropertyAccessExpression(node)) return false;
  const { name, expression } = node;
  if (['reduce', 'reduceRight'].includes(name.text)) return true;
  return expression.getText() === 'Math' && !CHOOSING.includes(name.text);
}

/** What is written out as a number: the arguments of the functions of numbers.ts that take one. */
function writtenNumbers(source: ts.SourceFile): ts.Expression[] {
  const writers = ['count', 'spokenCount', 'percent', 'finePercent', 'countChange', 'pointChange', 'bits'];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && writers.includes(node.expression.getText(source))) {
      found.push(...node.arguments);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importsOf(source: ts.SourceFile): { readonly from: string; readonly names: readonly string[] }[] {
  return source.statements.filter(ts.isImportDeclaration).map(({ importClause, moduleSpecifier }) => {
    const bindings = importClause?.namedBindings;
    const names =
      bindings !== undefined && ts.isNamedImports(bindings)
        ? bindings.elements.map(({ name }) => name.text)
        : [];
    return { from: (moduleSpecifier as ts.StringLiteral).text, names };
  });
}

it('there are formats to look at, and every exception is needed', () => {
  expect(formats.length).toBeGreaterThan(50);
  for (const [pattern] of MAY_RECKON) {
    const excepted = formats.filter((file) => pattern.test(file));
    expect(excepted.flatMap((file) => reckonings(sourceOf(file)))).not.toEqual([]);
  }
});

it.each([
  ['n / whole', ['n / whole']],
  ['figures.compared - 1', ['figures.compared - 1']],
  ['rows.map(({ n }) => n + 1)', ['n + 1']],
  ['let sum = 0; for (const n of all) sum += n;', ['sum += n']],
  ['all.reduce((a, b) => Math.max(a, b))', ['all.reduce']],
  ['Math.log2(m)', ['Math.log2']],
  ['-change', ['-change']],
  ['i++', ['i++']],
  ['rows.toSorted((a, b) => b.rows - a.rows).slice(0, -1)', []],
  ['Math.max(...rates, 1) > -1 ? "a-b/c" : text', []],
])('%s is seen for what it is', (text, expected) => {
  expect(reckonings(parsed('case.ts', text))).toEqual(expected);
});

it.each(formats.filter((file) => !mayReckon(file)))(
  '%s chooses, orders and writes; it reckons nothing',
  (file) => {
    expect(reckonings(sourceOf(file))).toEqual([]);
  },
);

describe.each(formats)('%s', (file) => {
  const source = sourceOf(file);

  it('writes numbers as they come', () => {
    const reckoned = writtenNumbers(source).flatMap((written) =>
      reckonings(parsed('written.ts', written.getText(source))),
    );
    expect(reckoned).toEqual([]);
  });

  it('takes shares from the model, and of differences those that the model gives a name', () => {
    const taken = importsOf(source);
    expect(taken.filter(({ from }) => from === './model-shares.js')).toEqual([]);
    expect(taken.flatMap(({ names }) => names)).not.toContain('difference');
  });
});

it('files of the page and of containers know no figures; of the charts three do', () => {
  const knowing = formats.filter(
    (file) => mayReckon(file) && importsOf(sourceOf(file)).some(({ from }) => MODEL.test(fileOf(from))),
  );
  expect(knowing).toEqual(['chart-flow.ts', 'chart-stack.ts', 'chart-tiles.ts']);
});

function fileOf(specifier: string): string {
  return specifier.replace(/^\.\//, '').replace(/\.js$/, '.ts');
}
