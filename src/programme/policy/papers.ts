import type { Sql } from '../../platform/index.ts';
import { dayInFrance, type Viewer } from '../desk.ts';
import { issuePaper, paperOf, papersOf, type PaperRow } from '../papers/papers.store.ts';
import { plainData, type PlainPaper } from '../papers/templates.ts';
import type { TrackRow } from './reach.ts';
import {
  communesOf,
  headcount,
  kindWords,
  membersOf,
  professionWords,
  sayDay,
  shortKind,
  sideWords,
} from './tracks.rules.ts';
import type { MeetingRow } from './tracks.store.ts';
import type { TextPart } from './project.store.ts';
import type { ActionRow, AgreementRow } from './outcome.store.ts';

export type PaperKind =
  | 'statutes'
  | 'track-minutes'
  | 'support-request'
  | 'support-letter'
  | 'health-project'
  | 'track-decision'
  | 'track-agreement';
const marks: Record<PaperKind, string> = {
  statutes: 'STAT',
  'track-minutes': 'CR',
  'support-request': 'DEM',
  'support-letter': 'SOUT',
  'health-project': 'PS',
  'track-decision': 'DEC',
  'track-agreement': 'CONV',
};

/** Papers of the team itself bear its name; those of ARS bear the region's. */
const own: readonly PaperKind[] = ['statutes', 'track-minutes', 'support-request', 'health-project'];
export const headOf = (kind: PaperKind, track: TrackRow, region: string): string =>
  own.includes(kind) ? (kind === 'statutes' && track.about.association.name) || track.practiceName : region;

/** Issues a paper of a track; the caller holds its row. `former`: the paper of which it is the next version. */
export async function issue(
  sql: Sql,
  viewer: Viewer,
  track: TrackRow,
  kind: PaperKind,
  paper: PlainPaper,
  at: Date,
  former?: string | null,
): Promise<PaperRow> {
  const { tenant, name } = viewer.region;
  const known = former ? await paperOf(sql, tenant, former) : undefined;
  return issuePaper(sql, tenant, {
    subject: `Track/${track.id}`,
    of: track.reference,
    kind,
    mark: marks[kind],
    title: paper.title,
    by: viewer.name,
    at,
    former: known && { reference: known.reference, version: known.version },
    data: (reference, version) =>
      plainData(paper, {
        region: headOf(kind, track, name),
        reference,
        version,
        on: sayDay(dayInFrance(at)),
        foot: track.practiceName,
      }),
  });
}
/** The newest paper of a kind, of which the next is a version. */
export const newestOf = async (
  sql: Sql,
  tenant: number,
  track: string,
  kind: PaperKind,
): Promise<PaperRow | undefined> => (await papersOf(sql, tenant, `Track/${track}`)).find((one) => one.kind === kind);

const blank = '……………………………';
const or = (text: string): string => text || blank;

/** Model statutes (loi du 1er juillet 1901), filled with what the team said; what it did not say is left to be written. */
export function statutesPaper({ about, practiceName, kind }: TrackRow): PlainPaper {
  const { association } = about;
  return {
    title: 'Statuts de l’association',
    lead: 'Modèle à relire, à adapter et à adopter en assemblée constitutive. Les blancs restent à remplir.',
    parts: [
      {
        title: 'Article 1. Constitution et nom',
        paragraphs: [
          `Il est fondé entre les adhérents aux présents statuts une association régie par la loi du 1er juillet 1901 et le décret du 16 août 1901, ayant pour nom : ${or(association.name)}.`,
        ],
      },
      {
        title: 'Article 2. Objet',
        paragraphs: [
          association.purpose ||
            `L’association réunit des professionnels de santé pour préparer, écrire et conduire le projet de santé d’une ${kindWords[kind]}, dénommée « ${practiceName} », au service des habitants de son territoire.`,
        ],
      },
      {
        title: 'Article 3. Territoire et siège',
        paragraphs: [
          `Son action porte sur : ${or(communesOf(about.territory).join(', '))}.`,
          `Le siège est fixé à : ${or(association.seat)}. Il peut être déplacé par décision du bureau.`,
        ],
      },
      { title: 'Article 4. Durée', paragraphs: ['La durée de l’association est illimitée.'] },
      {
        title: 'Article 5. Membres',
        paragraphs: [
          'Peuvent être membres les professionnels de santé, du secteur social et médico-social qui exercent sur le territoire et adhèrent au projet de santé. Chaque profession engagée est représentée au bureau ou y est invitée.',
          'La qualité de membre se perd par la démission, le décès, la fin d’exercice sur le territoire, ou la radiation prononcée par le bureau pour motif grave, l’intéressé ayant été entendu.',
        ],
      },
      {
        title: 'Article 6. Bureau',
        paragraphs: [
          `L’association est administrée par un bureau élu pour deux ans par l’assemblée générale : un président, un secrétaire, un trésorier. À la constitution, la présidence est confiée à ${or(association.president)}.`,
        ],
      },
      {
        title: 'Article 7. Assemblée générale',
        paragraphs: [
          'L’assemblée réunit tous les membres une fois par an au moins. Elle approuve les comptes, le rapport d’activité et les modifications du projet de santé. Les décisions sont prises à la majorité des membres présents ou représentés.',
        ],
      },
      {
        title: 'Article 8. Ressources',
        paragraphs: [
          'Les ressources comprennent les cotisations, les subventions de l’Agence régionale de santé, de l’Assurance maladie et des collectivités, et toute ressource permise par la loi.',
        ],
      },
      {
        title: 'Article 9. Dissolution',
        paragraphs: [
          'La dissolution est prononcée par l’assemblée générale à la majorité des deux tiers. L’actif net est dévolu conformément à l’article 9 de la loi du 1er juillet 1901.',
        ],
      },
    ],
    signatures: [
      ['Fait à …………………, le …………………', '', 'La présidence'],
      ['', '', 'Le secrétariat'],
    ],
  };
}
export const minutesPaper = (track: TrackRow, meeting: MeetingRow): PlainPaper => ({
  title: `Compte rendu de la rencontre du ${sayDay(meeting.day)}`,
  lead: `Parcours ${track.reference} de « ${track.practiceName} », ${kindWords[track.kind]}. Phase ${meeting.phase}. Lieu : ${meeting.place}.`,
  parts: [
    {
      title: 'Présents',
      table: {
        head: ['Nom', 'Pour', 'Profession'],
        rows: meeting.present.map(({ name, side, profession }) => [
          name,
          sideWords[side],
          profession ? professionWords(profession) : '',
        ]),
      },
    },
    { title: 'Compte rendu', paragraphs: [meeting.minutes || 'Aucun compte rendu n’a été écrit.'] },
    ...(meeting.halfDays > 0
      ? [
          {
            title: 'Temps compté',
            paragraphs: [`${(meeting.halfDays / 2).toLocaleString('fr-FR')} jour${meeting.halfDays > 3 ? 's' : ''}.`],
          },
        ]
      : []),
  ],
});
const teamTable = (track: TrackRow) => ({
  head: ['Profession', 'Nombre'],
  numbers: [1],
  rows: [
    ...membersOf(track.about).map(([code, count]) => [
      code === 'physician'
        ? `${professionWords(code)}, dont ${track.about.generalists} généraliste${track.about.generalists > 1 ? 's' : ''}`
        : professionWords(code),
      String(count),
    ]),
    ['Ensemble', String(headcount(track.about))],
  ],
});
export const requestPaper = (track: TrackRow): PlainPaper => ({
  title: 'Demande de soutien à la création d’une équipe',
  lead: `L’association ${track.about.association.name}, dont le siège est ${track.about.association.seat}, présidée par ${track.about.association.president}, demande le soutien de l’Agence régionale de santé pour former une ${kindWords[track.kind]}.`,
  parts: [
    {
      title: 'L’équipe',
      paragraphs: [
        `${track.practiceName}. Demande portée par des ${track.about.askedBy === 'elected' ? 'élus' : 'professionnels de santé'}.`,
      ],
    },
    { title: 'Territoire', paragraphs: [communesOf(track.about.territory).join(', ')] },
    { title: 'Professionnels engagés', table: teamTable(track) },
    ...(track.about.themes.length ? [{ title: 'Thèmes envisagés', points: track.about.themes }] : []),
    {
      title: 'Contact',
      paragraphs: [
        [track.about.contact.name, track.about.contact.role, track.about.contact.mail].filter(Boolean).join(', '),
      ],
    },
  ],
  signatures: [[track.about.association.president, 'Pour l’association']],
});
export const supportLetter = (track: TrackRow, accepted: boolean, reason: string, signatory: string): PlainPaper => ({
  title: accepted ? 'Soutien accordé' : 'Demande de soutien à compléter',
  lead: `Madame, Monsieur, vous avez demandé un soutien pour former une ${kindWords[track.kind]}, « ${track.practiceName} ».`,
  parts: [
    {
      title: accepted ? 'Décision' : 'Ce qui manque',
      paragraphs: [
        accepted
          ? 'L’Agence régionale de santé vous accompagne pour écrire votre projet de santé (phase 2). Choisissez la voie de soutien et ouvrez le projet dans votre parcours.'
          : 'La demande vous est rendue. Rien de ce que vous avez écrit n’est perdu : complétez-la puis envoyez-la de nouveau.',
        ...(reason ? [reason] : []),
      ],
    },
  ],
  signatures: [[signatory, 'Agence régionale de santé']],
});
export const projectPaper = (
  track: TrackRow,
  title: string,
  name: string,
  parts: readonly (TextPart & { part?: string })[],
): PlainPaper => ({
  title,
  lead: `« ${track.practiceName} », ${kindWords[track.kind]}. ${communesOf(track.about.territory).join(', ')}. ${name}.`,
  parts: [
    { title: 'Professionnels', table: teamTable(track) },
    ...parts.map(({ title: heading, text }) => ({
      title: heading,
      paragraphs: text ? text.split(/\n{2,}/) : ['Cette partie n’est pas encore écrite.'],
    })),
  ],
});
export const decisionPaper = (
  track: TrackRow,
  {
    outcome,
    reason,
    day,
    version,
    opinions,
  }: {
    outcome: 'validated' | 'returned';
    reason: string;
    day: string;
    version: number;
    opinions: { favourable: number; reserved: number; unfavourable: number };
  },
  signature: string[],
): PlainPaper => {
  const said = [
    `${opinions.favourable} favorable${opinions.favourable > 1 ? 's' : ''}`,
    `${opinions.reserved} réservé${opinions.reserved > 1 ? 's' : ''}`,
    `${opinions.unfavourable} défavorable${opinions.unfavourable > 1 ? 's' : ''}`,
  ].join(', ');
  return {
    title: outcome === 'validated' ? `Validation du projet de santé` : 'Projet de santé à reprendre',
    lead: `Madame, Monsieur, la commission régionale a examiné le projet de santé de « ${track.practiceName} », version ${version}. Avis exprimés : ${said}.`,
    parts: [
      {
        title: 'Décision',
        paragraphs:
          outcome === 'validated'
            ? [
                `Le projet de santé est validé à la date du ${sayDay(day)}. L’équipe est reconnue ${kindWords[track.kind]}.`,
                ...(track.kind === 'msp'
                  ? [
                      'Ce statut lui permet d’adhérer à l’accord conventionnel interprofessionnel (ACI) et de répondre aux appels à projets de la région.',
                    ]
                  : []),
                ...(reason ? [reason] : []),
              ]
            : [
                'Le projet de santé vous est rendu pour les raisons suivantes. Rien n’est perdu : reprenez-le, puis soumettez-le de nouveau.',
                reason,
              ],
      },
    ],
    signatures: [signature],
  };
};
const euros = (cents: number): string => (cents / 100).toLocaleString('fr-FR', { style: 'currency', currency: 'EUR' });
export const agreementPaperOf = (
  track: TrackRow,
  agreement: AgreementRow,
  requirements: readonly { id: string; axis: string; title: string }[],
  actions: readonly ActionRow[],
  aci: string,
): PlainPaper => ({
  title: 'Convention d’un an : plan d’actions vers l’ACI',
  lead: `Entre l’Agence régionale de santé et « ${track.practiceName} », ${kindWords[track.kind]}, dont le projet de santé est validé depuis le ${sayDay(track.validatedOn!)}.`,
  parts: [
    {
      title: 'Article 1. Objet',
      paragraphs: [
        `L’Agence finance le plan d’actions ci-dessous, tiré du projet de santé, pour que l’équipe atteigne le socle de l’ACI (${aci}).`,
      ],
    },
    {
      title: 'Article 2. Durée',
      paragraphs: [`Un an, du ${sayDay(agreement.startsOn)} au ${sayDay(agreement.endsOn)}.`],
    },
    {
      title: 'Article 3. Montant',
      paragraphs: [
        `${euros(agreement.amountCents)}, versés à l’association ${track.about.association.name || track.practiceName}.`,
      ],
    },
    {
      title: 'Article 4. Suivi',
      paragraphs: [
        'L’équipe dit où en est chaque action et joint les preuves. Un point est fait avec l’Agence avant la fin de la convention.',
      ],
    },
    ...requirements.map(({ id, axis, title }) => {
      const own = actions.filter(({ requirement }) => requirement === id);
      return own.length
        ? {
            title: `${axis} : ${title}`,
            table: {
              head: ['Action', 'Qui', 'Échéance'],
              rows: own.map(({ title: words, who, due }) => [words, who, sayDay(due)]),
            },
          }
        : { title: `${axis} : ${title}`, paragraphs: ['Aucune action prévue.'] };
    }),
  ],
  signatures: [
    [agreement.signatory, agreement.signatoryRole, 'Pour l’Agence'],
    [track.about.association.president || track.about.contact.name, 'Pour l’équipe', shortKind[track.kind]],
  ],
});
