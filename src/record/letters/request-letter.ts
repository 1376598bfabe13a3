import { placeOf } from '../../fhir/index.ts';
import type { Extension, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { guarded, notFound } from '../../platform/index.ts';
import type { LetterRecipient } from '../contract/wire-letters.ts';
import { politely, recordInBrief, whoIsPatient } from '../data/letters/templates/build.ts';
import { dateLabel, dayOf } from '../dates.rules.ts';
import { idOf, sensitivityOf } from '../fhir-words.ts';
import { clinicalDate } from '../read/reading.ts';
import { describe } from '../read/describe.ts';
import type { Entered } from '../read/enter.ts';
import { entryOf } from '../write/save.ts';
import { filled } from './view-letter.ts';
import type { Desk } from './letter-desk.ts';

const phone = /(?:\+|00)?\d(?:[ .]?\d){8,13}/;
const mail = /[^\s@,;]+@(?:[a-z0-9-]+\.)*mssante\.fr/i;
/** Someone outside of the practice as the question names them: what is a telephone or a secure address of their details goes where a letter holds it. */
function recipientOf(one: Reference): LetterRecipient {
  const said = (part: string): string =>
    (one.extension as Extension[] | undefined)?.find(({ url }) => url === `urn:estran:outside-${part}`)?.valueString ??
    '';
  const contact = said('contact');
  const [number = '', address = ''] = [phone.exec(contact)?.[0], mail.exec(contact)?.[0]];
  const rest = contact
    .replace(number, '')
    .replace(address, '')
    .split(/[,;\n]/)
    .map((part) => part.replace(/(?:^|\s)(?:t[ée]l\.?|t[ée]l[ée]phone|mssant[ée])\s*:?\s*$/i, '').trim())
    .filter(Boolean)
    .join(', ');
  return {
    kind: 'outside',
    name: one.display!.slice(0, 120),
    role: said('role'),
    address: rest,
    phone: number.trim(),
    mssante: address.toLowerCase(),
    practitioner: null,
    copy: false,
  };
}

/** The question of this Task, asked of someone outside. Who may not read it is told that there is none. */
export async function requestAsked(
  entered: Entered,
  task: string,
): Promise<ServiceRequest & { whom: Reference; referral: boolean }> {
  const missing = () => notFound('Cette demande');
  const found = (await entryOf(entered, 'Task', task)).resource;
  const id = idOf(found.focus, 'ServiceRequest');
  if (!id) throw missing();
  const request = (await entryOf(entered, 'ServiceRequest', id)).resource;
  const whom = request.performer?.find(({ reference, display }) => !reference && display);
  if (!whom || !request.code?.text) throw missing();
  return { ...request, whom, referral: found.code?.coding?.some(({ code }) => code === 'referral') ?? false };
}

/** DOS-15: the letter that carries a question to someone outside of the practice, with what goes with it. */
export async function startRequestLetter(desk: Desk, task: string) {
  const { entered } = desk;
  const request = await requestAsked(entered, task);
  const { whom, referral } = request;
  const { reading } = entered;
  const joined: string[] = [];
  let leftOut = 0;
  for (const { reference } of request.supportingInfo ?? []) {
    const place = placeOf(reference);
    const one =
      place &&
      (await entryOf(entered, place.type, place.id).catch((error: { status?: number }) => {
        if ((error.status ?? 500) >= 500) throw error;
        return null;
      }));
    if (!one) continue;
    // What is sensitive labels the whole letter: it is joined by who writes, knowing it.
    if (sensitivityOf(one.resource)) leftOut++;
    else {
      const said = describe(one.resource, { birth: reading.birth, sex: reading.sex });
      const at = clinicalDate(one.resource);
      joined.push(
        `- ${guarded([said.title, said.details.split('\n')[0], at && dateLabel(dayOf(at))].filter(Boolean).join(', ').replace(/\n+/g, ' '))}`,
      );
    }
  }
  const question = guarded(request.code!.text!);
  const detail = (request.note ?? [])
    .map(({ text }) => guarded(text ?? ''))
    .filter(Boolean)
    .join('\n\n');
  const due = request.occurrenceDateTime;
  const text = [
    'Madame, Monsieur,',
    referral
      ? `Merci de recevoir ${whoIsPatient}, que je vous adresse.`
      : `Je souhaite votre avis au sujet de ${whoIsPatient}.`,
    `**${referral ? 'Le motif' : 'Ma question'} :** ${question}`,
    detail && `**Le contexte :** ${detail}`,
    (due || request.priority === 'urgent') &&
      `${request.priority === 'urgent' ? '**Demande urgente.** ' : ''}${due ? `Une réponse avant le ${dateLabel(dayOf(due))} m’aiderait.` : ''}`.trim(),
    joined.length > 0 && `## Joint à cette demande\n${joined.join('\n')}`,
    recordInBrief.trim(),
    politely.replace(', chère consœur, cher confrère,', ', Madame, Monsieur,'),
  ]
    .filter(Boolean)
    .join('\n\n');
  const begun = await filled(desk, `${referral ? 'Adressage de' : 'Demande d’avis au sujet de'} {{patient.nom}}`, text);
  return {
    ...begun,
    leftOut: begun.leftOut + leftOut,
    recipients: [recipientOf(whom)],
    documentType: referral ? '57133-1' : '51845-6',
  };
}
