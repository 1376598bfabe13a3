/** How a choice of the patient was said to whoever notes it (SEC-4). */
const collected = { oral: 'De vive voix', written: 'Par écrit', representative: 'Auprès du représentant légal' };
export type Collected = keyof typeof collected;
export const collectedChoices = Object.entries(collected).map(([value, label]) => ({ value, label }));
export const codesOf = (list: readonly { code: string; label: string }[]) =>
  list.map(({ code, label }) => ({ value: code, label }));
