/** Writes sample-data/ again: `node dist/scripts/sample-data.js [FOLDER]`. */
import { generate } from '../generator/generate.js';
import { SAMPLE } from '../generator/sample.js';

const { extracts, people } = await generate({ ...SAMPLE, out: process.argv[2] ?? 'sample-data' });
const rows = extracts.map(({ sector, rows }) => `${sector} ${rows}`).join(', ');
process.stdout.write(`${people} people; rows: ${rows}\n`);
