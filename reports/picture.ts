// A chart as a PNG picture, for files that cannot hold SVG. Drawn by resvg with the bundled font DejaVu Sans, which has all letters of
// Vietnamese, so that the same chart gives the same bytes on every machine.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Language } from '../messages/text.js';

export interface Picture {
  readonly png: Uint8Array;
  /** Of the chart, in its own units; the picture has more pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels for each unit of the chart: sharp when printed. */
const SCALE = 2.5;
const FONT = 'DejaVu Sans';

/** What the page's style sheet says of charts, as far as a picture needs it. */
const STYLE = `text{font-family:"${FONT}";font-size:12px;fill:#17212b}.name{font-weight:bold}.figure{fill:#33404d}`;

/** Draws a chart of `chart-*.ts` with the labels of one language. */
export async function drawPicture(svg: string, language: Language): Promise<Picture> {
  await prepared();
  const drawing = new Resvg(standalone(svg, language), {
    background: '#ffffff',
    font: { fontBuffers: fonts(), defaultFontFamily: FONT },
    fitTo: { mode: 'zoom', value: SCALE },
  });
  try {
    const { width, height } = drawing;
    const image = drawing.render();
    const png = image.asPng();
    image.free();
    return { png, width, height };
  } finally {
    drawing.free();
  }
}

const require = createRequire(import.meta.url);
let ready: Promise<void> | null = null;
let loaded: Uint8Array[] | null = null;

/** The library allows this once in a process. */
function prepared(): Promise<void> {
  ready ??= initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return ready;
}

function fonts(): Uint8Array[] {
  loaded ??= ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) =>
    readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}`)),
  );
  return loaded;
}

/** The drawing as a document of its own: name space, style, and the labels of one language. */
function standalone(svg: string, language: Language): string {
  const other = language === 'vi' ? 'en' : 'vi';
  return svg
    .replace(/^\s*<svg(?![^>]*\sxmlns=)/, '<svg xmlns="http://www.w3.org/2000/svg"')
    .replace(/<svg[^>]*>/, (tag) => `${tag}<style>${STYLE}</style>`)
    .replaceAll(new RegExp(`<tspan lang="${other}">[^<]*</tspan>`, 'g'), '');
}
