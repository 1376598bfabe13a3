const vowel = /^(?:[aeiouhœæ]|y(?![aeiou]))/i;
/** «d’Anne», «de Yann», «d’Yves»: a first name in h is mute. */
export const ofName = (name: string, space = ' '): string =>
  vowel.test(name.normalize('NFD')) ? `d’${name}` : `de${space}${name}`;
