// The frame of every page: head, masthead with the switch of language, contents, sections, foot. One file that opens from disk without
// a network and prints on A4.
import type { Text } from '../messages/text.js';
import { bothInOne, t } from './html-parts.js';
import { pageStyle } from './html-style.js';

export interface Page {
  /** What kind of page it is, above the title. */
  readonly kind: Text;
  readonly title: Text;
  /** What the browser calls the page; the title when left out. */
  readonly name?: Text;
  /** What stands at the head of every printed page; the title when left out. */
  readonly running?: string;
  /** Name and ready HTML. */
  readonly facts: readonly (readonly [Text, string])[];
  /** Links to sections by their id; none when left out. */
  readonly contents?: readonly { readonly id: string; readonly name: Text }[];
  /** Ready HTML. */
  readonly sections: readonly string[];
  readonly foot: Text;
}

/** The whole page as text. */
export function renderPage(page: Page): string {
  const { kind, title, facts, sections, foot } = page;
  const list = facts.map(([name, value]) => `<div><dt>${t(name)}</dt><dd>${value}</dd></div>`).join('');
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${bothInOne(page.name ?? title)}</title>
<style>${pageStyle(page.running ?? title.vi)}</style>
</head>
<body>
<div class="page">
<header class="top">
<div class="line"><p class="kind">${t(kind)}</p>
<fieldset class="languages"><legend>${t({ vi: 'Ngôn ngữ', en: 'Language' })}</legend>
<input type="radio" name="language" id="lang-vi" checked><label for="lang-vi" lang="vi" class="always">Tiếng Việt</label>
<input type="radio" name="language" id="lang-en"><label for="lang-en" lang="en" class="always">English</label>
</fieldset></div>
<h1>${t(title)}</h1>
<dl class="facts">${list}</dl>
</header>${contentsOf(page)}
<main>
${sections.filter((part) => part !== '').join('\n\n')}
</main>
<footer><p>${t(foot)}</p></footer>
</div>
</body>
</html>
`;
}

function contentsOf({ contents = [] }: Page): string {
  if (contents.length === 0) return '';
  const links = contents.map(({ id, name }) => `<li><a href="#${id}">${t(name)}</a></li>`);
  return `\n<nav aria-label="Nội dung · Contents"><ul>${links.join('')}</ul></nav>`;
}
