import { type Sensitivity, sensitivityLabels } from '../../contract.ts';

export const sensitivityChoices = (Object.entries(sensitivityLabels) as [Sensitivity, string][]).map(([value, label]) => ({ value, label }));
export const codesOf = (list: readonly { code: string; label: string }[]) => list.map(({ code, label }) => ({ value: code, label }));
