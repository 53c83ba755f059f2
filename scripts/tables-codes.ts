// Tables that are kept as lists in scripts/tables/, because no machine-readable source gives them as they are needed: code lists,
// and what is general knowledge of how people write (docs/normalizers.md names these).
import { join } from 'node:path';
import { dated, PROVENANCE, type Provenance, readCsv, writeTable } from './table-file.js';

interface CodeList extends Provenance {
  readonly columns: readonly string[];
}

const USAGE = 'general knowledge of Vietnamese registers and forms';

const LISTS: Readonly<Record<string, CodeList>> = {
  // The 54 groups in both numberings; the first decision is of 2 March 1979, the second of 12 November 2008.
  ethnic_groups: {
    columns: ['name', 'code_1979', 'code_2008', 'other_names'],
    source: 'QĐ 121-TCTK/PPCĐ 1979; QĐ 1019/QĐ-TCTK 2008 (QCVN 109:2017 phụ lục E)',
    from: '1979-03-02',
  },
  nationalities: {
    columns: ['code', 'alpha3', 'vi', 'en', 'other_names'],
    source: 'iso-3166/cldr-48',
  },
  // There is no official code list of them; keys are ours.
  relationships: {
    columns: ['name', 'key', 'en', 'other_names'],
    source: 'usage on residence and insurance forms',
  },
  name_notes: { columns: ['text', 'role', 'marks'], source: USAGE },
  look_alikes: { columns: ['look_alike', 'letter', 'kind'], source: 'Unicode UTS #39 confusables; usage' },
  digit_letters: { columns: ['letter', 'digit'], source: USAGE },
  no_number_words: { columns: ['text'], source: USAGE },
  sound_classes: { columns: ['pattern', 'sound'], source: 'Đoàn Thiện Thuật 1977; general knowledge' },
  iy_letters: { columns: ['y', 'i', 'kept_in'], source: 'Đoàn Thiện Thuật 1977; general knowledge' },
  unit_type_words: { columns: ['type', 'word'], source: USAGE },
  assumptions: { columns: ['name', 'value', 'meaning'], source: 'general knowledge' },
};

export function writeCodeTables(from: string, to: string): void {
  for (const [name, { columns, ...provenance }] of Object.entries(LISTS)) {
    const rows = readCsv(join(from, `${name}.csv`)).map((row) => dated(row, provenance));
    writeTable(join(to, `${name}.csv`), [...columns, ...PROVENANCE], rows);
  }
}
