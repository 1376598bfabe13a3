/**
 * Loaded before the tests of `npm test`: properties try the same cases at every run, so that what passed here passes in CI, and what failed
 * fails again. Elsewhere (one file run alone), or with ESTRAN_PROPERTIES=random, they are drawn anew; ESTRAN_PROPERTIES=<number> draws those of that seed.
 */
import fc from 'fast-check';

const asked = process.env.ESTRAN_PROPERTIES ?? '20261126';
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
