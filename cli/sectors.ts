import { normalizers } from '../normalizers/index.js';
import { builtInSectors, loadSector } from '../sectors/load.js';
import type { Sector, SectorField } from '../sectors/schema.js';
import { facts, table } from './output.js';
import type { Answer, Run, Session } from './session.js';

/** `doisoat sectors [NAME]`: the built-in sectors, one of them in detail, or (`--kinds`) the kinds of value. */
export const run: Run = async ({ args: [name], options, session }) => {
  if (options.kinds === true) return kinds(session);
  return name === undefined ? list(session) : details(loadSector(name).sector, session);
};

function list({ say }: Session): Answer {
  const sectors = builtInSectors().map((name) => loadSector(name).sector);
  const text = table(
    [
      { title: say({ vi: 'Lĩnh vực', en: 'Sector' }) },
      { title: say({ vi: 'Tên', en: 'Name' }) },
      { title: say({ vi: 'So sánh', en: 'Compared' }) },
    ],
    sectors.map((sector) => [sector.name, say(sector.labels), compared(sector).join(', ')]),
  );
  return {
    data: sectors.map(({ name, labels, fields }) => ({ name, labels, fields: Object.keys(fields) })),
    text,
  };
}

function compared({ fields, identify_by }: Sector): string[] {
  return [...new Set([...identify_by, ...Object.keys(fields).filter((name) => fields[name]?.compare)])];
}

function details(sector: Sector, { say }: Session): Answer {
  const heading = facts([
    [say({ vi: 'Lĩnh vực', en: 'Sector' }), `${sector.name} — ${say(sector.labels)}`],
    ...(sector.source ? [[say({ vi: 'Nguồn', en: 'Source' }), say(sector.source)] as const] : []),
    [say({ vi: 'Tìm người theo', en: 'Person found by' }), sector.identify_by.join(', ') || '–'],
    [say({ vi: 'Tách số liệu theo', en: 'Figures split by' }), sector.group_by.join(', ') || '–'],
    [
      say({ vi: 'Kiểm tra thêm', en: 'Further checks' }),
      sector.checks.map(({ check }) => check).join(', ') || '–',
    ],
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
      field.headers.slice(0, 4).join(', '),
    ]),
  );
  return { data: sector, text: `${heading}\n\n${fields}` };
}

function uses(sector: Sector, name: string, field: SectorField) {
  return [
    ...(field.required ? [{ vi: 'bắt buộc', en: 'required' }] : []),
    ...(sector.identify_by.includes(name) ? [{ vi: 'tìm người', en: 'finding' }] : []),
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
