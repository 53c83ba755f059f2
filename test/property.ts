import fc from 'fast-check';

/**
 * fast-check for tests of properties. `npm test` draws the same cases every time, so that a test that fails is about the change at hand;
 * `npm run test:properties` draws others, and the seed that fast-check then prints draws them again: `DOISOAT_SEED=<seed> npm test`.
 */
const SEED = 88_100_000;

fc.configureGlobal({ seed: Number(process.env.DOISOAT_SEED ?? SEED) });

export default fc;
