const most = 5;
/** Names in a sentence, the first few of many: «MSP du Bout, Équipe du Bois et 48 autres». */
export const someOf = (names: readonly string[]): string =>
  names.length <= most + 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} et ${names.length - most} autres`;
