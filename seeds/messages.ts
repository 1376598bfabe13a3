import type { Communication, Group, Reference, Resource } from '@medplum/fhirtypes';
import type { Profession } from '../src/access/professions.ts';
import { addDays, parisInstant } from './dates.ts';
import { letterPdf } from './paper.ts';
import { type DemoPerson, titleOf } from './staff.ts';

/** What was said, in days from today and minutes of the day. */
interface Said {
  from: DemoPerson;
  days: number;
  at: number;
  text: string;
  urgent?: boolean;
  names?: DemoPerson[];
  file?: { title: string; lines: string[] };
}
export interface DemoThread {
  /** Of the first Communication. */
  id: string;
  /** In the order in which they are written: a circle before its messages. */
  resources: Resource[];
  /** Who has read everything; the others have not read what others wrote last. */
  read: string[];
  box?: { state: 'open' | 'taken' | 'done'; handler?: string; at?: string };
}
const ref = (person: DemoPerson): Reference => ({
  extension: [{ url: 'urn:estran:role', valueCode: person.profession }],
  reference: `Practitioner/${person.practitionerId}`,
  display: titleOf(person),
});
const circle = 'urn:estran:circle';
const members = (people: readonly DemoPerson[], as?: 'box' | 'profession'): Group['member'] =>
  people.map((one) => ({
    ...(as && { extension: [{ url: 'urn:estran:comes-as', valueCode: as }] }),
    entity: { reference: `Practitioner/${one.practitionerId}` },
  }));

/** The two ready-made boxes of a practice. */
export function demoBoxes(people: readonly DemoPerson[]): Group[] {
  const box = (id: string, name: string, codes: Profession[]): Group => {
    const inside = people
      .filter((one) => codes.includes(one.profession))
      .sort((a, b) => (a.practitionerId < b.practitionerId ? -1 : 1));
    return {
      resourceType: 'Group',
      id,
      active: true,
      type: 'practitioner',
      actual: true,
      code: { coding: [{ system: circle, code: 'box' }] },
      name,
      quantity: inside.length,
      characteristic: codes.map((code) => ({
        code: { text: 'Profession' },
        valueCodeableConcept: { coding: [{ system: 'urn:estran:profession', code }] },
        exclude: false,
      })),
      member: members(inside, 'profession'),
    };
  };
  return [
    box('box-secretariat', 'Secrétariat', ['medical-secretary', 'medical-assistant']),
    box('box-infirmiers', 'Cabinet infirmier', ['nurse']),
  ];
}

/** Conversations of a demo practice: about patients of the stories, about the practice, in its boxes (COO-8, COO-9). */
export function demoThreads(key: 'abers' | 'redon', people: readonly DemoPerson[], today: string): DemoThread[] {
  const threads: DemoThread[] = [];
  const pro = (profession: Profession, nth = 0): DemoPerson => {
    const found = people.filter((one) => one.profession === profession);
    const one = found[nth % Math.max(1, found.length)];
    if (!one) throw new Error(`no ${profession} in this demo practice`);
    return one;
  };
  const boxes = demoBoxes(people);
  const thread = (
    about: {
      patient?: string;
      with?: DemoPerson[];
      everyone?: boolean;
      box?: 'box-secretariat' | 'box-infirmiers';
      administrative?: boolean;
      to?: DemoPerson[];
    },
    topic: string,
    messages: Said[],
    read: DemoPerson[],
    state?: { state: 'taken' | 'done'; by: DemoPerson; days: number; at: number },
  ) => {
    const id = `msg-${key}-${threads.length + 1}`;
    const group = `msg-${key}-circle-${threads.length + 1}`;
    const box = boxes.find((one) => one.id === about.box);
    const boxPeople = people.filter((one) =>
      box?.member?.some((member) => member.entity.reference === `Practitioner/${one.practitionerId}`),
    );
    const subject: Reference = about.patient
      ? { reference: `Patient/pat-${about.patient}` }
      : { reference: about.everyone ? 'Group/practice' : `Group/${group}` };
    const resources: Resource[] = [];
    if (!about.patient && !about.everyone) {
      const named = [...new Set([...messages.map((one) => one.from), ...(about.with ?? [])])];
      const inside = [
        ...(members(named) ?? []),
        ...(members(
          boxPeople.filter((one) => !named.includes(one)),
          'box',
        ) ?? []),
      ];
      resources.push({
        resourceType: 'Group',
        id: group,
        active: true,
        type: 'practitioner',
        actual: true,
        code: { coding: [{ system: circle, code: 'conversation' }] },
        quantity: inside.length,
        member: inside,
      });
    }
    const category = about.administrative ? 'administrative' : 'message';
    for (const [at, said] of messages.entries()) {
      const one = at === 0 ? id : `${id}-${at + 1}`;
      const binary = said.file && `${one}-file`;
      const recipient: Reference[] =
        at > 0
          ? (said.names ?? []).map((one) => ({ ...ref(one), display: titleOf(one).replace(/^Dr /, '') }))
          : [
              ...(about.to ?? []).map(ref),
              ...(box ? [{ reference: `Group/${box.id}`, display: box.name }] : []),
              ...(about.patient && !about.to && !box
                ? [{ reference: `CareTeam/${about.patient}-team`, display: 'Équipe de soins' }]
                : []),
            ];
      const bytes = said.file && Buffer.from(letterPdf(said.file.lines));
      const communication: Communication = {
        resourceType: 'Communication',
        id: one,
        status: 'completed',
        priority: said.urgent ? 'urgent' : 'routine',
        category: [{ coding: [{ system: 'urn:estran:category', code: category }] }],
        ...(at > 0 && { partOf: [{ reference: `Communication/${id}` }] }),
        ...(at === 0 && { topic: { text: topic } }),
        subject: subject as Communication['subject'],
        ...(recipient.length > 0 && { recipient: recipient as Communication['recipient'] }),
        sender: ref(said.from) as Communication['sender'],
        sent: parisInstant(addDays(today, said.days), said.at),
        payload: [
          { contentString: said.text },
          ...(bytes && said.file
            ? [
                {
                  contentAttachment: {
                    contentType: 'application/pdf',
                    url: `Binary/${binary}`,
                    size: bytes.length,
                    title: said.file.title,
                  },
                },
              ]
            : []),
        ],
      };
      resources.push(communication);
      if (bytes)
        resources.push({
          resourceType: 'Binary',
          id: binary!,
          contentType: 'application/pdf',
          data: bytes.toString('base64'),
          securityContext: { reference: about.patient ? `Communication/${one}` : subject.reference! },
          ...(about.patient && { meta: { tag: [{ system: 'urn:estran:category', code: category }] } }),
        });
    }
    threads.push({
      id,
      resources,
      read: read.map((one) => one.practitionerId),
      ...(box && {
        box: state
          ? {
              state: state.state,
              handler: state.by.practitionerId,
              at: parisInstant(addDays(today, state.days), state.at),
            }
          : { state: 'open' },
      }),
    });
  };
  if (key === 'abers') abers(thread, pro);
  else redon(thread, pro);
  return threads;
}
type Tell = (
  about: {
    patient?: string;
    with?: DemoPerson[];
    everyone?: boolean;
    box?: 'box-secretariat' | 'box-infirmiers';
    administrative?: boolean;
    to?: DemoPerson[];
  },
  topic: string,
  messages: Said[],
  read: DemoPerson[],
  state?: { state: 'taken' | 'done'; by: DemoPerson; days: number; at: number },
) => void;
type Pro = (profession: Profession, nth?: number) => DemoPerson;

function abers(tell: Tell, pro: Pro): void {
  const [anne, yann, ines, soizic, mael] = [
    pro('physician'),
    pro('physician', 1),
    pro('physician', 2),
    pro('nurse'),
    pro('nurse', 1),
  ];
  const [nolwenn, erwan, lucie, claire, tristan, maryvonne, ewen, thibault] = [
    pro('asalee-nurse'),
    pro('physiotherapist'),
    pro('pharmacist'),
    pro('chiropodist'),
    pro('coordinator'),
    pro('medical-secretary'),
    pro('medical-assistant'),
    pro('dietician'),
  ];
  tell(
    { everyone: true },
    'Réunion de rentrée : jeudi 12 h 45',
    [
      {
        from: tristan,
        days: -6,
        at: 540,
        text: 'Bonjour à tous. La réunion d’équipe aura lieu jeudi à 12 h 45, salle de Kerzouarn. Ordre du jour : protocole plaies, vaccination, permanence du samedi.',
      },
      { from: anne, days: -6, at: 765, text: 'Je serai là. Je peux présenter les chiffres du diabète en dix minutes.' },
      { from: erwan, days: -5, at: 1080, text: 'Présent. Je ne peux rester que jusqu’à 13 h 30.' },
    ],
    [
      tristan,
      anne,
      erwan,
      soizic,
      mael,
      nolwenn,
      lucie,
      yann,
      ines,
      maryvonne,
      ewen,
      claire,
      thibault,
      pro('advanced-practice-nurse'),
      pro('midwife'),
    ],
  );
  tell(
    { patient: 'jeanne-le-goff' },
    'Chute de Mme Le Goff : que met-on en place ?',
    [
      {
        from: soizic,
        days: -3,
        at: 500,
        text: 'Passage ce matin : elle se lève encore la nuit sans lumière, les jambes gonflent le soir. Elle dit ne pas avoir peur de retomber, sa fille si.',
      },
      {
        from: yann,
        days: -3,
        at: 815,
        text: `Merci. J’ai demandé la biologie. ${at(erwan)}, peux-tu refaire un bilan d’équilibre cette semaine ?`,
        names: [erwan],
      },
      {
        from: erwan,
        days: -2,
        at: 1110,
        text: 'Fait aujourd’hui : lever de chaise en 24 secondes, appui sur une jambe impossible. Je propose trois séances par semaine pendant un mois.',
        file: {
          title: 'Bilan d’équilibre',
          lines: [
            'Bilan d’équilibre',
            '',
            'Lever de chaise (5 fois) : 24 s',
            'Appui unipodal : impossible',
            'Timed up and go : 21 s',
            '',
            'Projet : trois séances par semaine, travail du relevé du sol.',
          ],
        },
      },
      {
        from: soizic,
        days: 0,
        at: 455,
        text: `Ce matin tension à 104/58 debout, vertige au lever. ${at(yann)}, faut-il revoir l’amlodipine ?`,
        names: [yann],
        urgent: true,
      },
    ],
    [soizic, mael],
  );
  tell(
    { patient: 'rene-abiven' },
    'M. Abiven : nuit difficile',
    [
      {
        from: mael,
        days: -1,
        at: 1275,
        text: 'Douleur à 6 ce soir malgré deux interdoses. Sa femme est épuisée, elle demande si quelqu’un peut passer la nuit.',
      },
      {
        from: yann,
        days: -1,
        at: 1310,
        text: 'J’augmente le fond dès ce soir, ordonnance envoyée à la pharmacie. Rappelle-moi quelle que soit l’heure.',
      },
      { from: lucie, days: 0, at: 510, text: 'Livré à 8 h 15. Il reste trois jours d’avance.' },
      {
        from: mael,
        days: 0,
        at: 565,
        text: 'Nuit calme, douleur à 2 ce matin. Pour la garde de nuit, la coordination cherche une solution pour samedi.',
      },
    ],
    [mael, yann],
  );
  tell(
    { patient: 'jean-kerleau', to: [nolwenn, lucie, soizic] },
    'M. Kerleau passe à l’insuline',
    [
      {
        from: anne,
        days: -4,
        at: 1065,
        text: 'Il accepte de commencer l’insuline lente le soir. Je l’adresse à Nolwenn pour l’apprentissage. Objectif à jeun : 0,90 à 1,20.',
      },
      { from: nolwenn, days: -3, at: 640, text: 'Première séance demain à 10 h, avec sa femme.' },
      {
        from: lucie,
        days: -3,
        at: 905,
        text: 'Stylos et aiguilles prêts. J’ai repéré de la metformine en double dans son armoire, on la retire ensemble.',
      },
      {
        from: nolwenn,
        days: 0,
        at: 480,
        text: `Il pique seul, c’est acquis. À jeun à 1,12 ce matin. ${at(anne)}, je le revois dans quinze jours ?`,
        names: [anne],
      },
    ],
    [nolwenn, lucie],
  );
  tell(
    { patient: 'yvonne-salaun', to: [claire, anne] },
    'Plaie de la jambe : photo de la semaine',
    [
      {
        from: soizic,
        days: -2,
        at: 620,
        text: 'Le fond bourgeonne, les berges sont moins rouges. Je passe à un pansement tous les trois jours si vous êtes d’accord.',
      },
      { from: claire, days: -2, at: 1020, text: 'D’accord. Je vois la chaussure de décharge mardi.' },
    ],
    [soizic, claire, anne],
  );
  tell(
    { patient: 'malo-riou', administrative: true, to: [maryvonne, ines] },
    'Rendez-vous des neuf mois',
    [
      {
        from: ines,
        days: -1,
        at: 700,
        text: 'Pouvez-vous proposer à ses parents une date la semaine du 12, plutôt un matin ?',
      },
      { from: maryvonne, days: -1, at: 840, text: 'Sa mère préfère le mercredi. Je lui ai gardé 9 h 20.' },
    ],
    [maryvonne],
  );
  tell(
    { with: [soizic, mael] },
    'Tournées du week-end prochain',
    [
      { from: mael, days: -2, at: 1150, text: 'Je prends samedi. Tu peux faire dimanche matin ?' },
      { from: soizic, days: -1, at: 420, text: 'Oui. Je laisse les clés de Mme Salaün à la pharmacie.' },
    ],
    [soizic, mael],
  );
  tell(
    { with: [anne, yann, ines, pro('advanced-practice-nurse')] },
    'Nouveaux patients sans médecin traitant',
    [
      {
        from: tristan,
        days: -5,
        at: 600,
        text: 'Onze demandes cette semaine, dont quatre en affection de longue durée. Comment les répartit-on ?',
      },
      { from: yann, days: -4, at: 1180, text: 'Je peux en prendre trois.' },
      { from: anne, days: -1, at: 1130, text: 'Trois aussi, à condition qu’Ewen fasse le premier entretien.' },
    ],
    [tristan, anne],
  );
  tell(
    { box: 'box-secretariat', patient: 'michel-quentel', administrative: true },
    'Transport pour la consultation de jeudi',
    [
      {
        from: lucie,
        days: 0,
        at: 530,
        text: 'Sa fille ne peut pas le conduire. Pouvez-vous prévoir un transport assis pour jeudi 14 h ?',
      },
    ],
    [lucie],
  );
  tell(
    { box: 'box-secretariat' },
    'Lecteur de carte Vitale du cabinet 2',
    [
      { from: ines, days: -1, at: 985, text: 'Le lecteur du cabinet 2 ne répond plus depuis ce matin.' },
      { from: ewen, days: -1, at: 1040, text: 'J’ai appelé le dépannage, ils passent demain avant 10 h.' },
    ],
    [ewen],
    { state: 'taken', by: ewen, days: -1, at: 1035 },
  );
  tell(
    { box: 'box-secretariat', patient: 'camille-morvan', administrative: true },
    'Nouvelle adresse',
    [
      { from: pro('midwife'), days: -3, at: 690, text: 'Elle a déménagé à Landéda. Son numéro ne change pas.' },
      { from: maryvonne, days: -3, at: 730, text: 'C’est corrigé dans son identité, merci.' },
    ],
    [maryvonne, pro('midwife')],
    { state: 'done', by: maryvonne, days: -3, at: 735 },
  );
  tell(
    { box: 'box-infirmiers', patient: 'yvonne-salaun' },
    'Ordonnance de compression à renouveler',
    [
      {
        from: anne,
        days: -2,
        at: 1090,
        text: 'L’ordonnance de bandes se termine vendredi. Qui la voit avant pour confirmer la taille ?',
      },
      { from: mael, days: -1, at: 545, text: 'Je passe demain soir, je mesure.' },
    ],
    [anne, mael],
    { state: 'taken', by: mael, days: -1, at: 540 },
  );
  tell(
    { box: 'box-infirmiers' },
    'Stock de compresses',
    [
      {
        from: erwan,
        days: -1,
        at: 970,
        text: 'Plus de compresses stériles dans la salle commune, il en reste deux boîtes chez moi si besoin.',
      },
    ],
    [erwan],
  );
}

function redon(tell: Tell, pro: Pro): void {
  const [olivier, fanny, delphine, jeremy] = [pro('physician'), pro('physician', 1), pro('nurse'), pro('nurse', 1)];
  const [elodie, aude, benoit, pauline, veronique] = [
    pro('asalee-nurse'),
    pro('physiotherapist'),
    pro('pharmacist'),
    pro('coordinator'),
    pro('medical-secretary'),
  ];
  tell(
    { everyone: true },
    'Fermeture du site des Écluses vendredi',
    [
      {
        from: pauline,
        days: -2,
        at: 560,
        text: 'Travaux d’électricité vendredi toute la journée : les consultations se font à la Grève-Rousse.',
      },
      { from: olivier, days: -2, at: 800, text: 'Noté, je préviens mes patients de l’après-midi.' },
    ],
    [pauline, olivier, veronique, delphine],
  );
  tell(
    { patient: 'bernard-noel' },
    'M. Noël : pompe à changer',
    [
      {
        from: jeremy,
        days: -1,
        at: 1230,
        text: 'La pompe sonne depuis ce soir. J’ai changé la batterie, débit normal. Prévoir un remplacement demain.',
      },
      {
        from: fanny,
        days: -1,
        at: 1255,
        text: 'Le prestataire passe à 9 h. Appelez-moi s’il a mal avant.',
        urgent: true,
      },
    ],
    [fanny],
  );
  tell(
    { patient: 'paulette-mace', to: [aude, olivier, benoit] },
    'Mme Macé : première sortie',
    [
      { from: aude, days: -2, at: 1000, text: 'Elle a marché jusqu’à la boîte aux lettres avec sa canne.' },
      {
        from: benoit,
        days: 0,
        at: 545,
        text: 'Le pilulier de la semaine est livré. Elle confond encore les cachets du soir.',
      },
    ],
    [benoit],
  );
  tell(
    { with: [elodie, aude, olivier] },
    'Groupe d’activité physique',
    [
      {
        from: elodie,
        days: -3,
        at: 650,
        text: 'Huit inscrits pour le groupe du mardi. Aude, la salle est-elle libre à 17 h ?',
      },
      { from: aude, days: -2, at: 760, text: 'Oui, jusqu’à 18 h 15.' },
    ],
    [elodie, aude],
  );
  tell(
    { box: 'box-secretariat', patient: 'christian-hervieu', administrative: true },
    'Bon de transport',
    [{ from: olivier, days: 0, at: 500, text: 'À préparer pour sa dialyse de repli de mercredi, retour compris.' }],
    [olivier],
  );
  tell(
    { box: 'box-infirmiers' },
    'Clés du local de soins',
    [
      { from: pauline, days: -1, at: 610, text: 'Qui a le double des clés du local ?' },
      { from: delphine, days: -1, at: 660, text: 'Moi. Je le dépose à l’accueil demain.' },
    ],
    [pauline, delphine],
    { state: 'done', by: delphine, days: -1, at: 662 },
  );
}
const at = (person: DemoPerson): string => `@${titleOf(person).replace(/^Dr /, '')}`;
/** One absence with a stand-in, for each practice: someone's last days away, received by a colleague of the same office. */
export const demoAbsence = (key: 'abers' | 'redon', people: readonly DemoPerson[], today: string) => {
  const one = (profession: Profession, nth = 0) => people.filter((person) => person.profession === profession)[nth]!;
  const [absent, standIn] =
    key === 'abers' ? [one('advanced-practice-nurse'), one('asalee-nurse')] : [one('asalee-nurse'), one('nurse')];
  return {
    id: `absence-${key}`,
    practitioner: absent.practitionerId,
    delegate: standIn.practitionerId,
    starts: parisInstant(addDays(today, -1), 0),
    ends: parisInstant(addDays(today, 5), 0),
    by: absent.practitionerId,
  };
};
