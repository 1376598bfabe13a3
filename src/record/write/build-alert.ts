import type { Flag } from '@medplum/fhirtypes';
import type { z } from 'zod';
import type { alertBody } from '../contract.ts';
import { alertKindOf } from '../data/choices.ts';
import { dateLabel } from '../dates.rules.ts';
import { firstCode, labelOf, sensitivityOf } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { extensionText, noteUrl, severityOf, withExtension } from '../read/labels.ts';
import { author, dateIn, stamped, subjectOf } from './author.ts';

export function buildAlert(entered: Entered, body: z.infer<typeof alertBody>, base?: Flag): Flag {
  const old = base;
  const until = dateIn(entered, 'until', body.until);
  const extension = withExtension(
    { extension: withExtension(old ?? {}, 'urn:estran:severity', { valueString: body.severity }) },
    noteUrl,
    body.note ? { valueString: body.note } : undefined,
  );
  return stamped(
    entered,
    {
      ...old,
      resourceType: 'Flag',
      extension,
      status: body.active ? 'active' : 'inactive',
      category: [
        {
          coding: [{ system: 'urn:estran:alert', code: body.category, display: alertKindOf(body.category) }],
          text: alertKindOf(body.category),
        },
      ],
      code: { text: body.label },
      subject: subjectOf(entered),
      period: { start: old?.period?.start ?? entered.reading.today, ...(until && { end: until }) },
      author: old?.author ?? author(entered),
    },
    { base, sensitive: body.sensitive, reason: body.reason, encounter: body.encounter },
  );
}

export const alertValues = (flag: Flag) => ({
  label: labelOf(flag.code),
  category: firstCode(flag.category?.[0]) ?? 'clinical',
  severity: severityOf(flag),
  until: dateLabel(flag.period?.end),
  active: flag.status === 'active',
  note: extensionText(flag, noteUrl) ?? '',
  sensitive: sensitivityOf(flag),
});
