/** Up to so many records are scored with all rules at once; more go in waves. */
export const MOST_AT_ONCE = 20_000;
/** Up to so many records the variants of a number are looked up: they are made of ours alone, 119 a number. */
export const MOST_RECORDS_FOR_VARIANTS = 40_000;
