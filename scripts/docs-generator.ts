/** Writes the table of the error model into docs/generator.md, between its two markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { errorModelTable } from '../generator/model-table.js';

const PATH = 'docs/generator.md';
const START = '<!-- error model -->\n';
const END = '<!-- /error model -->';

const text = readFileSync(PATH, 'utf8');
const before = text.slice(0, text.indexOf(START) + START.length);
writeFileSync(PATH, `${before}\n${errorModelTable()}\n${text.slice(text.indexOf(END))}`);
