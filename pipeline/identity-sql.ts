/**
 * What the digits of a 12-digit personal ID say, as SQL over its BIGINT form, the same rules as
 * `normalizers/citizen-id.ts` and `normalizers/record-context.ts` (a test compares them): digit 4 holds century and sex
 * (0/1 = 1900s man/woman, 2/3 = 2000s …), digits 5–6 the year. Circular 59/2021/TT-BCA art. 4.
 */
export function yearInId(id: string): string {
  return `(1900 + 100 * ((${id} // 100000000) % 10 // 2) + (${id} // 1000000) % 100)`;
}

export function sexInId(id: string): string {
  return `(CASE (${id} // 100000000) % 2 WHEN 0 THEN 'M' WHEN 1 THEN 'F' END)`;
}

/** True where both sides are known and disagree; never NULL. */
export function contradictsId(id: string, year: string, sex: string): string {
  return `coalesce(${yearInId(id)} <> ${year}, false) OR coalesce(${sexInId(id)} <> ${sex}, false)`;
}

/** True where year and sex are both known and agree: what a restored lost zero must pass. */
export function confirmsId(id: string, year: string, sex: string): string {
  return `coalesce(${yearInId(id)} = ${year} AND ${sexInId(id)} = ${sex}, false)`;
}
