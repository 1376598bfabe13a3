import { professionChoices } from '../../../../web/words.ts';

/** Whom a call may pay for. */
export const people = professionChoices.filter(({ value }) => value !== 'administrator');
