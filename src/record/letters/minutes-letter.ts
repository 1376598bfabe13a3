import type { Composition } from '@medplum/fhirtypes';
import { kindOfResource } from '../../fhir/index.ts';
import { forbidden, guarded, notFound } from '../../platform/index.ts';
import { politely, whoIsPatient } from '../data/letters/templates/build.ts';
import { dateLabel, dayOf } from '../dates.rules.ts';
import { idOf, textOfHtml } from '../fhir-words.ts';
import type { Entered } from '../read/enter.ts';
import { entryOf } from '../write/save.ts';
import type { Desk } from './letter-desk.ts';
import { filled } from './view-letter.ts';

/** The minutes of a case meeting about this patient; 404 for any other document. */
async function minutesOf(entered: Entered, id: string): Promise<Composition> {
  const { resource } = await entryOf(entered, 'Composition', id);
  if (kindOfResource(resource) !== 'coordination' || resource.status === 'entered-in-error')
    throw notFound('Ce compte rendu');
  return resource;
}
/** What was decided, as the tasks say it that came of it: an outsider knows nobody by «@Soizic». */
async function decisionsOf({ store }: Entered, minutes: Composition): Promise<string> {
  const requests = [
    ...new Set((minutes.section ?? []).flatMap((one) => one.entry ?? []).flatMap((one) => one.reference ?? [])),
  ];
  if (requests.length === 0) return '';
  const tasks = await store.search('Task', [
    ['focus', requests.join(',')],
    ['_count', '200'],
  ]);
  const owners = new Map(
    tasks.resources.map(({ resource: task }) => [
      task.focus?.reference,
      task.owner?.display ?? task.performerType?.[0]?.coding?.[0]?.display ?? 'équipe de soins',
    ]),
  );
  const { resources } = await store.search('ServiceRequest', [
    ['_id', requests.map((one) => idOf({ reference: one }, 'ServiceRequest')).join(',')],
    ['_count', '200'],
  ]);
  return requests
    .flatMap((reference) => {
      const asked = resources.find((one) => `ServiceRequest/${one.id}` === reference)?.resource;
      if (!asked?.code?.text) return [];
      const due = asked.occurrenceDateTime;
      // Of what does not hold in a title, the title is the beginning.
      const whole = asked.note?.[0]?.text?.startsWith(asked.code.text.replace(/…$/, '')) && asked.note[0].text;
      return [
        `- ${guarded(whole || asked.code.text)} (${guarded(owners.get(reference) ?? 'équipe de soins')}${due ? `, avant le ${dateLabel(dayOf(due))}` : ''})`,
      ];
    })
    .join('\n');
}

/** COO-5: the letter by which the minutes of a case meeting leave for someone outside of the practice. It is a letter of care: whoever writes none may not begin it. */
export async function startMinutesLetter(desk: Desk, id: string) {
  const { entered } = desk;
  if (!entered.rights.add.has('documents'))
    throw forbidden(
      'Un compte rendu de concertation part dans un courrier de soins : demandez à un professionnel de l’équipe de soins de l’écrire. Rien n’a été enregistré.',
    );
  const minutes = await minutesOf(entered, id);
  const decisions = await decisionsOf(entered, minutes);
  const present = (minutes.attester ?? []).flatMap((one) => one.party?.display ?? []);
  const sections = (minutes.section ?? []).map((one) => {
    const words = one.title === 'Décisions' && decisions ? decisions : guarded(textOfHtml(one.text?.div));
    return words && `## ${guarded(one.title ?? '')}\n${words}`;
  });
  const text = [
    'Madame, Monsieur,',
    `Notre équipe s’est réunie en concertation pluriprofessionnelle au sujet de ${whoIsPatient}. Voici ce qui en a été retenu.`,
    ...sections,
    present.length > 0 && `**Présents :** ${guarded(present.join(', '))}`,
    politely.replace(', chère consœur, cher confrère,', ', Madame, Monsieur,'),
  ]
    .filter(Boolean)
    .join('\n\n');
  const begun = await filled(desk, `${guarded(minutes.title)} : {{patient.nom}}`, text);
  return { ...begun, documentType: '11488-4' };
}
