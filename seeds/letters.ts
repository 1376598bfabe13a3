import { createHash } from 'node:crypto';
import type { Binary, DocumentReference, Patient, Resource } from '@medplum/fhirtypes';
import { type Profession, professions } from '../src/access/professions.ts';
import { drawLetter, letterheadLibrary, letterResource, usualLegal } from '../src/record/index.ts';
import type { Chart } from './chart.ts';
import { addDays, parisInstant } from './dates.ts';
import { displayName } from './identity.ts';
import { ref } from './orders.ts';
import { type DemoPerson, type PracticeShape, titleOf } from './staff.ts';

/** Letters of the stories (DOS-13): prepared by the secretariat and waiting for a signature, in preparation, signed. */
export interface Written {
  by: Profession;
  /** Prepared for this person to sign; absent with `signed`: in preparation. */
  forSignature?: Profession;
  signed?: true;
  /** Days from today. */
  days: number;
  template?: [id: string, title: string];
  type: string;
  title: string;
  text: string;
  to?: { name: string; role: string; address: string };
  /** Of the team, whom it is for. */
  toPerson?: DemoPerson;
}
const stories: Record<string, Written[]> = {
  'jean-kerleau': [
    {
      by: 'medical-secretary',
      forSignature: 'physician',
      days: -1,
      template: ['modele-adressage', 'Lettre d’adressage à un confrère'],
      type: '57133-1',
      title: 'Adressage de KERLEAU Jean',
      to: { name: 'Dr Hervé Le Bras', role: 'Ophtalmologue', address: '3 quai de la Rade\n29200 Brest' },
      text: 'Chère consœur, cher confrère,\n\nMerci de recevoir Monsieur KERLEAU Jean, que je vous adresse pour le fond d’œil annuel de son diabète.\n\n{{si ald}}\nPrise en charge en ALD : {{ald}}.\n\n{{fin}}\n## Problèmes en cours\n{{problemes}}\n\n## Traitements en cours\n{{traitements}}\n\nJe vous remercie et vous prie de croire à mes sentiments les meilleurs.',
    },
    {
      by: 'chiropodist',
      signed: true,
      days: -30,
      template: ['modele-pied-diabetique', 'Pédicurie : pied diabétique'],
      type: '34133-9',
      title: 'Pédicurie : pied diabétique : KERLEAU Jean',
      text: 'Docteur,\n\nJ’ai examiné les pieds de Monsieur KERLEAU Jean.\n\n**Grade du pied :** 2\n\n**Monofilament :** non perçu sur deux points du pied droit.\n\n**Peau, ongles :** hyperkératose sous la tête du premier métatarsien droit, soignée ce jour.\n\n**Ce qui est fait :** soins, éducation, semelles de décharge.\n\nJe le revois dans deux mois et vous prie d’agréer, Docteur, mes salutations les meilleures.',
    },
  ],
  'jeanne-le-goff': [
    {
      by: 'physiotherapist',
      days: -2,
      template: ['modele-bilan-kinesitherapie', 'Bilan-diagnostic kinésithérapique au médecin'],
      type: '34133-9',
      title: 'Bilan kinésithérapique : LE GOFF Jeanne',
      text: 'Docteur,\n\nJ’ai reçu Madame LE GOFF Jeanne après sa chute.\n\n**Équilibre :** appui unipodal moins de cinq secondes.\n\n**Marche :** prudente, avec une canne.\n\n**Diagnostic :**\n\n**Ce que je propose :**\n- ',
    },
  ],
};
const headOf = (shape: PracticeShape) => {
  const [main] = shape.sites;
  return {
    name: shape.name,
    lines: shape.sites.map(({ line, town }) => `${line}, ${town.postalCode} ${town.name}`),
    phone: main!.phone,
    place: main!.town.name,
    legal: usualLegal(shape.name),
    logo: null,
  };
};
export const letterheadOf = (shape: PracticeShape): Resource => letterheadLibrary(headOf(shape)) as Resource;

/** Written at the end of a story, when its people are known. */
export function storyLetters(chart: Chart): void {
  for (const one of stories[chart.person.key] ?? []) writeLetter(chart, one);
}
/** Null: this practice has nobody to write it. */
export function writeLetter(chart: Chart, one: Written): DocumentReference | null {
  const desk = chart.shape.people.find(({ profession }) => profession === one.by);
  const by = chart.has(one.by) ? chart.pro(one.by) : desk;
  if (!by) return null;
  const day = addDays(chart.today, one.days);
  const at = parisInstant(day, 11 * 60 + 5);
  const id = chart.id('courrier');
  const signer = one.forSignature ? chart.physician : by;
  const recipients = one.to
    ? [{ kind: 'outside' as const, ...one.to, phone: '', mssante: '', practitioner: null, copy: false }]
    : one.toPerson
      ? [
          {
            kind: 'team' as const,
            name: titleOf(one.toPerson),
            role: professions[one.toPerson.profession].fr,
            address: '',
            phone: '',
            mssante: '',
            practitioner: one.toPerson.practitionerId,
            copy: false,
          },
        ]
      : [];
  const body = {
    template: one.template?.[0] ?? null,
    title: one.title,
    documentType: one.type,
    text: one.text,
    recipients,
    signatory: null,
    sensitive: null,
    reserved: false,
    fields: [],
  };
  const administrative = one.by === 'medical-secretary';
  let pdf: Buffer | undefined;
  if (one.signed) {
    const { person } = chart;
    const patient: Patient = {
      resourceType: 'Patient',
      id: person.id,
      name: [{ use: 'official', family: person.birthName, given: person.given, text: displayName(person) }],
      gender: person.gender,
      birthDate: person.birth,
    };
    const who = {
      id: by.practitionerId,
      name: titleOf(by),
      role: professions[by.profession].fr,
      profession: by.profession,
      rpps: by.rpps ?? null,
      phone: null,
    };
    pdf = drawLetter(
      {
        patient,
        today: day,
        head: headOf(chart.shape),
        signer: who,
        recipients,
        subject: one.title,
        text: one.text,
        on: day,
        reference: id.slice(-8).toUpperCase(),
        standing: {
          kind: 'signed',
          words: `Signé dans Estran le ${day.split('-').reverse().join('/')}`,
          replaces: null,
        },
      },
      new Date(at),
    );
  }
  const binary = `${id}-pdf`.slice(-64);
  const letter = letterResource({
    id,
    body,
    administrative,
    template: one.template ? { id: one.template[0], edition: '1.0', title: one.template[1] } : null,
    signers: [],
    plain: false,
    subject: chart.subject,
    author: [ref(by)],
    signatory: one.forSignature || one.signed ? ref(signer) : null,
    at,
    ...(pdf && {
      signed: {
        pdf: { id: binary, size: pdf.length, hash: createHash('sha1').update(pdf).digest('base64') },
        replaces: null,
      },
    }),
  });
  chart.add(letter as DocumentReference & { id: string });
  if (pdf)
    chart.add({
      resourceType: 'Binary',
      id: binary,
      contentType: 'application/pdf',
      securityContext: { reference: `DocumentReference/${id}` },
      data: pdf.toString('base64'),
    } as Binary);
  return letter;
}
