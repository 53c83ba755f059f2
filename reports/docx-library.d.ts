// The part of docx 9.7.0 that the letter is written with. The library's own declarations name their neighbours without a suffix,
// which TypeScript does not follow in an ES module; these say the same of what is used here.
declare module 'docx' {
  export const AlignmentType: {
    readonly LEFT: 'left';
    readonly CENTER: 'center';
    readonly RIGHT: 'right';
    readonly JUSTIFIED: 'both';
  };
  export const BorderStyle: { readonly SINGLE: 'single'; readonly NONE: 'none' };
  export const HeadingLevel: { readonly HEADING_1: 'Heading1' };
  export const PageNumber: { readonly CURRENT: 'CURRENT' };
  export const TableLayoutType: { readonly FIXED: 'fixed' };
  export const VerticalAlign: { readonly CENTER: 'center' };
  export const WidthType: { readonly DXA: 'dxa' };

  type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType];

  interface Border {
    readonly style: (typeof BorderStyle)[keyof typeof BorderStyle];
    /** Eighths of a point. */
    readonly size?: number;
    readonly space?: number;
    readonly color?: string;
  }

  /** Twentieths of a point, unless said otherwise. */
  interface Sides {
    readonly top?: number;
    readonly bottom?: number;
    readonly left?: number;
    readonly right?: number;
  }

  interface Borders {
    readonly top?: Border;
    readonly bottom?: Border;
    readonly left?: Border;
    readonly right?: Border;
    readonly insideHorizontal?: Border;
    readonly insideVertical?: Border;
  }

  interface Face {
    readonly font?: string;
    /** Half points. */
    readonly size?: number;
    readonly bold?: boolean;
    readonly italics?: boolean;
    readonly color?: string;
  }

  export class TextRun {
    constructor(options: Face & { readonly text?: string; readonly children?: readonly string[] });
  }

  export class ImageRun {
    constructor(options: {
      readonly type: 'png';
      readonly data: Uint8Array;
      /** Pixels, 96 to the inch. */
      readonly transformation: { readonly width: number; readonly height: number };
      readonly altText: {
        readonly id: string;
        readonly name: string;
        readonly title: string;
        readonly description: string;
      };
    });
  }

  export class Paragraph {
    constructor(options: {
      readonly alignment?: Alignment;
      readonly heading?: (typeof HeadingLevel)[keyof typeof HeadingLevel];
      readonly indent?: { readonly left?: number; readonly right?: number; readonly firstLine?: number };
      readonly spacing?: {
        readonly before?: number;
        readonly after?: number;
        readonly line?: number;
        readonly lineRule?: 'auto' | 'exact';
      };
      readonly border?: Borders;
      readonly keepNext?: boolean;
      readonly children: readonly (TextRun | ImageRun)[];
    });
  }

  interface Width {
    readonly size: number;
    readonly type: (typeof WidthType)['DXA'];
  }

  export class TableCell {
    constructor(options: {
      readonly width: Width;
      readonly margins?: Sides;
      readonly borders?: Borders;
      readonly verticalAlign?: (typeof VerticalAlign)['CENTER'];
      readonly children: readonly (Paragraph | Table)[];
    });
  }

  export class TableRow {
    constructor(options: {
      readonly tableHeader?: boolean;
      readonly cantSplit?: boolean;
      readonly children: readonly TableCell[];
    });
  }

  export class Table {
    constructor(options: {
      readonly width: Width;
      readonly columnWidths: readonly number[];
      readonly layout: (typeof TableLayoutType)['FIXED'];
      readonly borders?: Borders;
      readonly rows: readonly TableRow[];
    });
  }

  export class Header {
    constructor(options: { readonly children: readonly (Paragraph | Table)[] });
  }

  export class Document {
    constructor(options: {
      readonly title: string;
      readonly creator: string;
      readonly lastModifiedBy: string;
      readonly styles: {
        readonly default: {
          readonly document: { readonly run: Face };
          readonly heading1: { readonly run: Face };
        };
      };
      readonly sections: readonly {
        readonly properties: {
          readonly titlePage: boolean;
          readonly page: {
            readonly size: { readonly width: number; readonly height: number };
            readonly margin: Sides & { readonly header?: number };
          };
        };
        readonly headers: { readonly default: Header; readonly first: Header };
        readonly children: readonly (Paragraph | Table)[];
      }[];
    });
  }

  export const Packer: { toBuffer(document: Document): Promise<Buffer> };
}
