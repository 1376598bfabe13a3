import type { Library, Patient } from '@medplum/fhirtypes';
import { mayCall, sitesOf } from '../../access/index.ts';
import { FhirProblem, type FhirStore, type Stored } from '../../fhir/index.ts';
import { conflict, invalid } from '../../platform/index.ts';
import type { Letterhead } from '../contract/wire-letter-templates.ts';
import { today } from '../dates.rules.ts';
import { withoutEmpty } from '../fhir-words.ts';
import type { Ctx, PersonCaller, Room } from '../room.ts';
import { sendFile, typeByContent } from '../write/documents.ts';
import { drawLetter } from './paper.ts';

const id = 'en-tete';
const url = 'urn:estran:en-tete';
interface At {
  room: Room;
  caller: PersonCaller;
  store: FhirStore;
}
/** Says whom the letter is for, and that it is confidential; the practice puts its own words. */
export const usualLegal = (name: string): string =>
  `Courrier couvert par le secret professionnel (code de la santé publique, art. L. 1110-4), destiné aux seules personnes nommées : si vous l’avez reçu par erreur, détruisez-le et prévenez-nous. Données traitées par ${name} pour la prise en charge ; accès, rectification et opposition (RGPD, art. 15 à 21) auprès de la structure.`;

async function storedLetterhead(store: FhirStore): Promise<Stored<'Library'> | null> {
  return store.read('Library', id).catch((error: unknown) => {
    if (error instanceof FhirProblem && (error.status === 404 || error.status === 410)) return null;
    throw error;
  });
}
/** The letterhead in force; before anyone has set it, what the practice says of itself. */
export async function letterheadOf(
  { room, caller, store }: At,
  practice: string,
): Promise<Letterhead & { version: number | null }> {
  const stored = await storedLetterhead(store);
  const library = stored?.resource;
  const kept = library?.content?.find(({ contentType }) => contentType?.startsWith('application/json'))?.data;
  if (!stored || !kept) {
    const sites = await room.db.tenant(caller.tenant, (sql) => sitesOf(sql, caller.tenant));
    return {
      name: practice,
      lines: sites
        .slice(0, 3)
        .map(({ address, name }) => address || name)
        .filter(Boolean),
      phone: '',
      place: '',
      legal: usualLegal(practice),
      logo: null,
      version: null,
    };
  }
  const head = JSON.parse(Buffer.from(kept, 'base64').toString('utf8')) as Omit<Letterhead, 'logo'>;
  const picture = library?.content?.find(({ contentType }) => contentType?.startsWith('image/'));
  return {
    ...head,
    logo: picture?.data ? { contentType: picture.contentType as 'image/png' | 'image/jpeg', data: picture.data } : null,
    version: stored.version,
  };
}
export async function readLetterhead(
  at: At,
  practice: string,
): Promise<Letterhead & { version: number | null; writes: boolean }> {
  return {
    ...(await letterheadOf(at, practice)),
    writes: await mayCall(at.room.db, at.caller, { practice: 'write-letterhead' }),
  };
}
/** A picture is what its content says, whatever the file was called; one that cannot be drawn is refused before any letter needs it. */
function drawn(head: Letterhead, now: Date): Buffer {
  const unfit = () =>
    invalid('Ce logo n’est ni un PNG ni un JPEG lisible, d’après son contenu. Rien n’a été enregistré.', {
      logo: 'PNG ou JPEG lisible.',
    });
  const { logo } = head;
  if (logo && typeByContent(Buffer.from(logo.data, 'base64')) !== logo.contentType) throw unfit();
  try {
    return drawLetter(
      {
        patient: specimen,
        today: today(now),
        head,
        signer: null,
        recipients: [
          {
            kind: 'outside',
            name: 'Docteur Exemple',
            role: 'Destinataire',
            address: '1 rue du Port',
            phone: '',
            mssante: '',
            practitioner: null,
            copy: false,
          },
        ],
        subject: 'Essai de l’en-tête',
        text: 'Chère consœur, cher confrère,\n\nCette page montre l’en-tête, les mentions légales et le pied de page de vos courriers.',
        on: today(now),
        reference: 'essai',
        standing: { kind: 'draft' },
      },
      now,
    );
  } catch (error) {
    if (logo) throw unfit();
    throw error;
  }
}
const specimen: Patient = {
  resourceType: 'Patient',
  id: 'specimen',
  name: [{ use: 'official', family: 'EXEMPLE', given: ['Camille'] }],
  gender: 'female',
  birthDate: '1980-01-01',
};
export async function sampleLetter(now: Date, head: Letterhead, ctx: Ctx): Promise<undefined> {
  return sendFile(ctx, drawn(head, now), 'application/pdf', 'En-tete');
}
export function letterheadLibrary({ logo, ...words }: Letterhead): Library {
  return withoutEmpty({
    resourceType: 'Library',
    id,
    url,
    status: 'active',
    title: 'En-tête des courriers',
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'asset-collection' }],
      text: 'En-tête',
    },
    content: [
      {
        contentType: 'application/json',
        data: Buffer.from(JSON.stringify(words), 'utf8').toString('base64'),
        title: 'En-tête',
      },
      ...(logo ? [{ ...logo, title: 'Logo' }] : []),
    ],
  } as Library);
}
export async function changeLetterhead(
  at: At,
  { version, ...head }: Letterhead & { version: number | null },
  practice: string,
): Promise<Letterhead & { version: number | null; writes: boolean }> {
  drawn(head, at.room.now());
  const library = letterheadLibrary(head);
  // The contract has said who sets the letterhead: it is of the practice, in nobody's record.
  const store = at.store.asHouse('en-tête des courriers');
  const changed = () =>
    conflict(
      'L’en-tête a été modifié par quelqu’un d’autre depuis que vous l’avez ouvert. Rechargez la page pour voir sa version ; la vôtre reste sur cet écran.',
      { code: 'edited-meanwhile' },
    );
  if (((await storedLetterhead(at.store))?.version ?? null) !== version) throw changed();
  try {
    if (version === null) await store.createMany([library]);
    else await store.update(library, { ifMatch: `W/"${version}"` });
  } catch (error) {
    if (error instanceof FhirProblem && [409, 412].includes(error.status)) throw changed();
    throw error;
  }
  return readLetterhead(at, practice);
}
