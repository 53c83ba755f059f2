import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { normalizers } from '../normalizers/index.js';
import { count, finePercent } from '../reports/numbers.js';
import { type Coverage, coverage } from '../sectors/coverage.js';
import { shownHeaders } from '../sectors/field-headers.js';
import { builtInSectors, loadSector } from '../sectors/load.js';
import { identifyingFields, type Sector, type SectorField } from '../sectors/schema.js';
import { apartText, checkText, personText, relationText } from '../sectors/wording.js';
import { facts, table } from './output.js';
import type { Answer, Run, Session } from './session.js';

/** `doisoat sectors [NAME]`: the built-in sectors, one of them in detail, or (`--kinds`) the kinds of value. */
export const run: Run = async ({ args: [name], options, session }) => {
  if (options.kinds === true) return kinds(session);
  return name === undefined ? list(session) : details(loadSector(name).sector, session);
};

function list({ say }: Session): Answer {
  const sectors = builtInSectors().map((name) => loadSector(name).sector);
  const measured = coverage();
  const right = { align: 'right' as const };
  const text = table(
    [
      { title: say({ vi: 'Lĩnh vực', en: 'Sector' }) },
      { title: say({ vi: 'Tên', en: 'Name' }) },
      { title: say({ vi: 'So sánh', en: 'Compared' }) },
      { title: say({ vi: 'Trường', en: 'Fields' }), ...right },
      { title: say({ vi: 'Dòng mẫu', en: 'Sample rows' }), ...right },
      { title: say({ vi: 'Người đúng', en: 'Precision' }), ...right },
      { title: say({ vi: 'Tìm được', en: 'Recall' }), ...right },
    ],
    sectors.map((sector) => {
      const state = measured[sector.name];
      const share = (rate: number | null | undefined) => (rate == null ? '–' : say(finePercent(rate)));
      return [
        sector.name,
        say(sector.labels),
        compared(sector).join(', '),
        String(Object.keys(sector.fields).length),
        state === undefined ? '–' : say(count(state.rows)),
        share(state?.precision),
        share(state?.recall),
      ];
    }),
  );
  return { data: sectors.map((sector) => dossier(sector, measured[sector.name] ?? null)), text };
}

/** What `--json` tells of a sector in the list. */
function dossier({ name, labels, fields }: Sector, sample: Coverage[string] | null) {
  return {
    name,
    labels,
    fields: Object.entries(fields).map(([field, { kind, required, compare }]) => ({
      field,
      kind,
      required,
      compare,
    })),
    sample,
  };
}

function compared({ fields, identify_by, roles }: Sector): string[] {
  if (Object.keys(roles).length > 0) return Object.keys(roles);
  return [...new Set([...identify_by, ...Object.keys(fields).filter((name) => fields[name]?.compare)])];
}

function details(sector: Sector, { say }: Session): Answer {
  const heading = facts([
    [say({ vi: 'Lĩnh vực', en: 'Sector' }), `${sector.name} — ${say(sector.labels)}`],
    ...(sector.source ? [[say({ vi: 'Nguồn', en: 'Source' }), say(sector.source)] as const] : []),
    [say({ vi: 'Tìm người theo', en: 'Person found by' }), sector.identify_by.join(', ') || '–'],
    [say({ vi: 'Tách số liệu theo', en: 'Figures split by' }), sector.group_by.join(', ') || '–'],
    [say({ vi: 'Kiểm tra thêm', en: 'Further checks' }), listed(sector.checks.map(checkText), say)],
    ...people(sector, say),
    ...sample(sector, say),
  ]);
  const fields = table(
    [
      { title: say({ vi: 'Trường', en: 'Field' }) },
      { title: say({ vi: 'Tên', en: 'Name' }) },
      { title: say({ vi: 'Loại giá trị', en: 'Kind' }) },
      { title: say({ vi: 'Dùng để', en: 'Used for' }) },
      { title: say({ vi: 'Tiêu đề hay gặp', en: 'Usual headers' }) },
    ],
    Object.entries(sector.fields).map(([name, field]) => [
      name,
      say(field.labels),
      field.kind,
      uses(sector, name, field).map(say).join(', '),
      shownHeaders(sector, name).slice(0, 4).join(', '),
    ]),
  );
  return { data: sector, text: `${heading}\n\n${fields}` };
}

type Say = Session['say'];

function listed(texts: readonly Text[], say: Say): string {
  return texts.map(say).join('; ') || '–';
}

/** Lines on several people in a record, on whom it sets apart and on what a record says; none where it declares nothing. */
function people(sector: Sector, say: Say): (readonly [string, string])[] {
  const roles = Object.entries(sector.roles).map(([name, { labels, optional }]) => ({
    vi: `${name} (${labels.vi}${optional ? ', có thể không có ai' : ''})`,
    en: `${name} (${labels.en}${optional ? ', may be nobody' : ''})`,
  }));
  const relations = sector.relations.map((relation) => relationText(relation, sector));
  const person = personText(sector.person);
  const lines: readonly (readonly [Text, readonly Text[]])[] = [
    [{ vi: 'Người trong bản ghi', en: 'People in a record' }, roles],
    [{ vi: 'Quan hệ', en: 'Relations' }, relations],
    [{ vi: 'Để riêng', en: 'Set apart' }, sector.apart.map(apartText)],
    [{ vi: 'Một bản ghi nói rằng', en: 'A record says' }, person === null ? [] : [person]],
    [
      { vi: 'Hạn chế', en: 'Restricted' },
      sector.restricted
        ? [{ vi: 'mọi giá trị được che trong danh sách', en: 'every value is masked in lists' }]
        : [],
    ],
  ];
  return lines.flatMap(([title, texts]) => (texts.length === 0 ? [] : [[say(title), listed(texts, say)]]));
}

/** How the sector does on its own sample. */
function sample({ name }: Sector, say: Say): (readonly [string, string])[] {
  const state = coverage()[name];
  if (state === undefined) return [];
  const { rows, precision, recall, outcomes } = state;
  const met = OUTCOMES.filter((outcome) => (outcomes[outcome] ?? 0) > 0)
    .map((outcome) => `${say(OUTCOME_FACTS[outcome]).toLowerCase()} ${say(count(outcomes[outcome]!))}`)
    .join(', ');
  const rates = `precision ${say(finePercent(precision))}, recall ${say(finePercent(recall))}`;
  return [[say({ vi: 'Dữ liệu mẫu', en: 'Sample' }), `${say(count(rows))}: ${met}; ${rates}`]];
}

function uses(sector: Sector, name: string, field: SectorField) {
  return [
    ...(field.required ? [{ vi: 'bắt buộc', en: 'required' }] : []),
    ...(identifyingFields(sector).includes(name) ? [{ vi: 'tìm người', en: 'finding' }] : []),
    ...(field.compare ? [{ vi: 'so sánh', en: 'comparing' }] : []),
    ...(sector.group_by.includes(name) ? [{ vi: 'tách số liệu', en: 'grouping' }] : []),
  ];
}

function kinds({ say }: Session): Answer {
  const rows = Object.values(normalizers).map(({ kind, labels }) => ({ kind, labels }));
  const columns = [
    { title: say({ vi: 'Loại giá trị', en: 'Kind' }) },
    { title: say({ vi: 'Tên', en: 'Name' }) },
  ];
  return {
    data: rows,
    text: table(
      columns,
      rows.map(({ kind, labels }) => [kind, say(labels)]),
    ),
  };
}
