// Paragraphs, tables and pictures of a letter in the measures of Decree 30/2020/NĐ-CP, Annex I: Times New Roman, black, 13–14 points,
// justified, first line 1.27 cm, 6 points between paragraphs.
import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { Picture } from './picture.js';
import { visibleText } from './visible-text.js';

/** Millimetres in twentieths of a point. */
export function mm(millimetres: number): number {
  return Math.round(millimetres * 56.6929);
}

/** Points of a letter's size in halves, as the format counts them. */
export function halfPoints(points: number): number {
  return points * 2;
}

/** Between the margins of 30 and 15 mm. */
export const TEXT_WIDTH = mm(165);

export const BODY_SIZE = 13;

export interface Face {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly align?: 'left' | 'center' | 'right' | 'both';
  /** Points before and after. */
  readonly space?: readonly [before: number, after: number];
  readonly keepNext?: boolean;
}

const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  both: AlignmentType.JUSTIFIED,
} as const;

/** One paragraph in one face. */
export function line(text: string, face: Face = {}): Paragraph {
  const { size = BODY_SIZE, bold = false, italics = false, align = 'left', space = [0, 0] } = face;
  return new Paragraph({
    alignment: ALIGN[align],
    spacing: { before: space[0] * 20, after: space[1] * 20 },
    keepNext: face.keepNext ?? false,
    children: [new TextRun({ text: visibleText(text), size: halfPoints(size), bold, italics })],
  });
}

/** A paragraph of the body. */
export function prose(text: string, { keepNext = false }: Pick<Face, 'keepNext'> = {}): Paragraph {
  return new Paragraph({
    keepNext,
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: mm(12.7) },
    spacing: { after: 120, line: 276 },
    children: [new TextRun({ text: visibleText(text), size: halfPoints(BODY_SIZE) })],
  });
}

/** `I. KẾT QUẢ CHUNG` */
export function heading(text: string): Paragraph {
  return new Paragraph({
    heading: HeadingLevel.HEADING_1,
    spacing: { before: 180, after: 120 },
    indent: { firstLine: mm(12.7) },
    keepNext: true,
    children: [new TextRun({ text: visibleText(text), size: halfPoints(BODY_SIZE), bold: true })],
  });
}

/** A rule in the middle of a column, as long as `part` of it. */
export function rule(width: number, part: number): Paragraph {
  const side = Math.round((width * (1 - part)) / 2);
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { before: 0, after: 0, line: 60, lineRule: 'exact' },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 0, color: '000000' } },
    children: [],
  });
}

export interface TableText {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The last row, in bold. */
  readonly total?: readonly string[];
  /** Parts of the text width; they add up to 1. */
  readonly widths: readonly number[];
  /** Columns of figures, which stand at the right. */
  readonly numeric: ReadonlySet<number>;
}

const CELL_SIZE = 12;

/** A table with a rule around each cell; its header is repeated on every page. */
export function table({ head, rows, total, widths, numeric }: TableText): Table {
  const columns = widths.map((part) => Math.round(part * TEXT_WIDTH));
  const row = (cells: readonly string[], face: Face, header = false) =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map((text, i) => {
        const align = header ? 'center' : numeric.has(i) ? 'right' : 'left';
        return new TableCell({
          width: { size: columns[i]!, type: WidthType.DXA },
          margins: { top: 40, bottom: 40, left: 90, right: 90 },
          verticalAlign: VerticalAlign.CENTER,
          children: [line(text, { size: CELL_SIZE, align, ...face })],
        });
      }),
    });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    rows: [
      row(head, { bold: true }, true),
      ...rows.map((cells) => row(cells, {})),
      ...(total === undefined ? [] : [row(total, { bold: true })]),
    ],
  });
}

/** Two columns without rules, for the head and the foot of a letter. */
export function twoColumns(
  left: readonly Paragraph[],
  right: readonly Paragraph[],
  widths: readonly [number, number],
): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
  const borders = {
    top: none,
    bottom: none,
    left: none,
    right: none,
    insideHorizontal: none,
    insideVertical: none,
  };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders,
    rows: [
      new TableRow({
        cantSplit: true,
        children: [left, right].map(
          (children, i) =>
            new TableCell({
              width: { size: widths[i]!, type: WidthType.DXA },
              margins: { left: 0, right: 0 },
              borders,
              children: [...children],
            }),
        ),
      }),
    ],
  });
}

/** A chart in the middle of the page, told in words to who cannot see it. */
export function figure(
  picture: Picture,
  text: { readonly id: number; readonly title: string; readonly alt: string },
): Paragraph {
  // 96 to the inch, at most 150 mm wide and 95 mm high.
  const scale = Math.min(567 / picture.width, 359 / picture.height);
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 120, after: 60 },
    keepNext: true,
    children: [
      new ImageRun({
        type: 'png',
        data: picture.png,
        transformation: {
          width: Math.round(picture.width * scale),
          height: Math.round(picture.height * scale),
        },
        altText: { id: String(text.id), name: text.title, title: text.title, description: text.alt },
      }),
    ],
  });
}
