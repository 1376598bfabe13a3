/** «l’appel à candidatures SIP 2027» in a sentence, whatever an officer called it. */
export const theCall = (title: string): string =>
  /^appel\b/i.test(title) ? `l’a${title.slice(1)}` : `l’appel à candidatures « ${title} »`;
