import { addConditionalShares, dependenceTree } from '../pipeline/link-dependence.js';
import { openDatabase } from '../engine/database.js';
import { chooseRules, findCandidates } from '../pipeline/link-candidates.js';
import { compareCandidates, randomLevels } from '../pipeline/link-compare.js';
import { encodeSides, type LinkField, makeKeys, planFields } from '../pipeline/link-prepare.js';
import { shareCertainty, trainOn, weigh } from '../pipeline/link-score.js';

const D = '/work/shared/data/linkage';
const low = (c: string) => `trim(lower(${c}))`;
const dig = (c: string) => `upper(regexp_replace(${c}, '[^A-Za-z0-9]', '', 'g'))`;
const ymd = (c: string) =>
  `CASE WHEN length(${c})=8 THEN substr(${c},1,4)||'-'||substr(${c},5,2)||'-'||substr(${c},7,2) END`;
const mdy = (c: string) =>
  `CASE WHEN length(${c})=10 THEN substr(${c},7,4)||'-'||substr(${c},1,2)||'-'||substr(${c},4,2) END`;
type F = [LinkField, string, string];
const g = (n: string, part: any, a: string, b = a): F => [{ name: n, kind: 'text', part }, low(a), low(b)];
const t = (n: string, a: string, b = a): F => [{ name: n, kind: 'text' }, low(a), low(b)];
const c = (n: string, a: string, b = a): F => [{ name: n, kind: 'code' }, low(a), low(b)];
const d = (n: string, a: string, b = a): F => [{ name: n, kind: 'identifier' }, dig(a), dig(b)];
const names = (f: string, l: string) => [g('given', 'given-name', f), g('family', 'family-name', l)];
const born = (x: string, y: string): F => [{ name: 'born', kind: 'birth-date' }, x, y];
const febrl = [
  ...names('given_name', 'surname'),
  c('street_number', 'street_number'),
  t('address_1', 'address_1'),
  t('address_2', 'address_2'),
  t('suburb', 'suburb'),
  c('postcode', 'postcode'),
  c('state', 'state'),
  born(ymd('date_of_birth'), ymd('date_of_birth')),
];
const w2 = [
  d('ssn', 'ssn'),
  ...names('first_name', 'last_name'),
  g('middle', 'middle-name', 'middle_initial', 'middle_name'),
];
const sets: Record<string, { f: F[]; one: boolean; dup?: boolean }> = {
  easylink_w2_to_ssa_2020: { f: w2, one: false },
  pseudopeople_w2_to_ssa_s11: { f: w2, one: false },
  pseudopeople_census_to_ssa_s11: {
    f: [
      ...names('first_name', 'last_name'),
      g('middle', 'middle-name', 'middle_initial', 'middle_name'),
      born(mdy('date_of_birth'), ymd('date_of_birth')),
      c('sex', 'sex'),
    ],
    one: false,
  },
  pseudopeople_tax1040_to_census_s11: {
    f: [
      ...names('first_name', 'last_name'),
      g('middle', 'middle-name', 'middle_initial'),
      c('snum', 'mailing_address_street_number', 'street_number'),
      t('street', 'mailing_address_street_name', 'street_name'),
      c('unit', 'mailing_address_unit_number', 'unit_number'),
      t('city', 'mailing_address_city', 'city'),
      c('state', 'mailing_address_state', 'state'),
      c('zip', 'mailing_address_zipcode', 'zipcode'),
    ],
    one: false,
  },
  opencr_uganda: {
    f: [
      ...names('given_name', 'surname'),
      born(ymd('date_of_birth'), ymd('date_of_birth')),
      c('sex', 'sex'),
      d('phone', 'phone_number'),
    ],
    one: true,
  },
  febrl4: { f: febrl, one: true },
  clkhash_dirty_1000_50: { f: [...febrl, d('phone', 'phone_number'), c('age', 'age')], one: true },
  febrl_dsgen_D_10000: { f: [...febrl, d('phone', 'phone_number'), c('age', 'age')], one: true },
};
const only = process.argv[2]?.split(',');
for (const [set, { f, one }] of Object.entries(sets)) {
  if (only && !only.includes(set) && only[0] !== 'all') continue;
  const db = await openDatabase({ tempDir: '/tmp/m/tmp', threads: 2 });
  const t0 = performance.now();
  const lap: string[] = [];
  let tl = t0;
  const mark = (n: string) => {
    const x = performance.now();
    lap.push(`${n} ${((x - tl) / 1000).toFixed(1)}`);
    tl = x;
  };
  for (const [s, id, k] of [
    ['sector', 'record', 1],
    ['reference', 'person', 2],
  ] as const)
    await db.run(
      `CREATE TABLE ${s} AS SELECT substr(id,2)::BIGINT AS ${id}, ${f.map((x) => `nullif(${x[k]},'') AS ${x[0].name}`).join(',')} FROM read_csv('${D}/${set}/${s}.csv', header=true, all_varchar=true)`,
    );
  let fields = planFields(f.map((x) => x[0]));
  await encodeSides(db, fields, { ours: 'sector', reference: 'reference' });
  const tree = await dependenceTree(db, fields); fields = fields.map((x, i) => ({ ...x, parent: tree[i]! })); await addConditionalShares(db, tree); console.log(fields.map((x) => x.name + '<' + (x.parent === null ? '' : fields[x.parent]!.name)).join(' '));
  await makeKeys(db, fields);
  mark('prep');
  const rules = await chooseRules(db, fields, []);
  await db.run('CREATE TABLE recs AS SELECT row AS record FROM link_ours');
  mark('rules');
  const fig = await findCandidates(db, { fields, rules, records: 'recs', into: 'pairs' });
  mark('cand');
  const random = await randomLevels(db, fields);
  mark('random');
  await compareCandidates(db, { fields, random, pairs: 'pairs', into: 'compared' });
  mark('compare');
  const people = await db.value<number>('select count(*) from link_reference');
  const tr = await trainOn(db, fields, { compared: 'compared', records: 'recs', people, exclusive: true });
  mark('em');
  await weigh(db, fields, { compared: 'compared', into: 'weighed', parameters: tr, people });
  await shareCertainty(db, { weighed: 'weighed', parameters: tr, people, oneToOne: one });
  mark('score');
  await db.run(
    `CREATE TABLE best AS SELECT * FROM (SELECT *, row_number() over (partition by record order by probability desc, person) rn FROM link_candidates) WHERE rn=1`,
  );
  await db.run(
    `CREATE TABLE truth AS SELECT substr(sector_id,2)::BIGINT record, substr(reference_id,2)::BIGINT person FROM read_csv('${D}/${set}/truth.csv', header=true, all_varchar=true)`,
  );
  const rows = await db.rows<any>(
    `SELECT b.record, b.person, b.probability p, (t.person IS NOT NULL) AS ok FROM best b LEFT JOIN truth t ON t.record=b.record AND t.person=b.person ORDER BY p DESC, ok`,
  );
  const nt = await db.value<number>('select count(*) from truth');
  const br = await db.value<number>('select count(*) from truth t join pairs p using(record,person)');
  let tp = 0,
    r999 = 0,
    bestF = 0,
    bestP = 0;
  const _at: Record<string, string> = {};
  const _est = 0;
  rows.forEach((r: any, i: number) => {
    if (r.ok) tp++;
    const P = tp / (i + 1);
    if (P >= 0.999) r999 = tp / nt;
    const F = (2 * tp) / (i + 1 + nt);
    if (F > bestF) {
      bestF = F;
      bestP = r.p;
    }
  });
  const f1at = (th: number) => {
    const a = rows.filter((r: any) => r.p >= th);
    const ok = a.filter((r: any) => r.ok).length;
    return `P ${(ok / a.length).toFixed(5)} R ${(ok / nt).toFixed(4)} F ${((2 * ok) / (a.length + nt)).toFixed(4)} estP ${(a.reduce((s: number, r: any) => s + r.p, 0) / a.length).toFixed(5)}`;
  };
  console.log(
    `\n== ${set} pairs/rec ${(fig.reduce((s, x) => s + x.pairs, 0) / rows.length).toFixed(1)} rules ${rules.length} blockRecall ${(br / nt).toFixed(4)} found ${tr.found.toFixed(4)} (true ${(nt / (await db.value<number>('select count(*) from recs'))).toFixed(4)}) rel ${tr.relatives.toFixed(3)}/${tr.relativesOfMissing.toFixed(3)} it ${tr.iterations} ${((performance.now() - t0) / 1000).toFixed(1)}s [${lap.join(', ')}]`,
  );
  console.log(
    `   r@.999 ${r999.toFixed(4)} bestF ${bestF.toFixed(4)}@${bestP.toFixed(4)}\n   @.5 ${f1at(0.5)}\n   @.9 ${f1at(0.9)}\n   @.99 ${f1at(0.99)}\n   @.999 ${f1at(0.999)}`,
  );
  if (process.argv[3] === 'm')
    fields.forEach((x, i) =>
      console.log(
        x.name,
        'm',
        tr.m[i]!.map((v) => v.toFixed(4)).join(' '),
        '\n   u',
        random[i]!.map((v) => v.toExponential(1)).join(' '),
        '\n   h',
        tr.h[i]!.map((v) => v.toFixed(3)).join(' '),
      ),
    );
  if (process.argv[3] === 'fp') {
    const q = await db.rows<any>(
      `SELECT b.probability p, b.odds, ${fields.map((_, i) => `b.l${i}`).join("||' '||")} lv, s.*, '|||' x, r.* FROM best b JOIN sector s ON s.record=b.record JOIN reference r ON r.person=b.person LEFT JOIN truth t ON t.record=b.record AND t.person=b.person WHERE t.person IS NULL ORDER BY p DESC LIMIT 25`,
    );
    for (const r of q)
      console.log(
        Object.values(r)
          .map((v) => (typeof v === 'number' && v < 1 ? v.toFixed(4) : v))
          .join(','),
      );
    const q2 = await db.rows<any>(
      `SELECT c.probability p, c.odds, ${fields.map((_, i) => `c.l${i}`).join("||' '||")} lv, s.*, '|||' x, r.* FROM truth t JOIN sector s USING(record) JOIN reference r USING(person) LEFT JOIN link_candidates c ON t.record=c.record AND t.person=c.person WHERE coalesce(c.probability,0)<.5 ORDER BY hash(t.record) LIMIT 25`,
    );
    console.log('-- missed');
    for (const r of q2)
      console.log(
        Object.values(r)
          .map((v) => (typeof v === 'number' && v < 1 ? v.toFixed(4) : v))
          .join(','),
      );
  }
  if (process.argv[3] === 't')
    for (const x of [...db.trace].sort((a, b) => b.seconds - a.seconds).slice(0, 8))
      console.log(x.seconds.toFixed(2), x.sql.replace(/\s+/g, ' ').slice(0, 200));
  await db.close();
}
