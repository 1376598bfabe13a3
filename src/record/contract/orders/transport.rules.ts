import type { OrderKind } from '../../data/orders/families.ts';
import {
  agreementDays,
  priorAgreementFrom,
  transportModes,
  transportReasons,
  transportStates,
  transportWays,
} from '../../data/orders/transport.ts';
import type { OrderLineBody, TransportBody } from './line.ts';

/** Pure, the same on both sides: what a prescription of transport lacks, whether the health insurance agrees beforehand, and how it is said. */
type Line = Pick<OrderLineBody, 'transport' | 'duration' | 'urgent'> & { kind: OrderKind };
const monthsOf = ({ duration }: Pick<Line, 'duration'>): number =>
  duration ? duration.value / { d: 30, wk: 30 / 7, mo: 1 }[duration.unit] : 2;
/** Transports within two months, when they are spread over more. */
export const inTwoMonths = (line: Pick<Line, 'duration'>, times: number): number =>
  Math.ceil(times / Math.max(1, monthsOf(line) / 2));

export interface Agreement {
  needed: boolean;
  why: string[];
  words: string;
}
/** Whether an agreement is asked beforehand (form S 3139): more than 150 km, at least four in two months of more than 50 km, plane or boat, CAMSP or CMPP. */
export function agreementOf(line: Line): Agreement {
  const { transport: asked } = line;
  if (!asked) return { needed: false, why: [], words: '' };
  const km = asked.km ?? 0;
  const why = [
    km > priorAgreementFrom.distance ? `plus de ${priorAgreementFrom.distance} km` : '',
    km > priorAgreementFrom.seriesDistance && inTwoMonths(line, asked.times) >= priorAgreementFrom.series
      ? `au moins ${priorAgreementFrom.series} transports de plus de ${priorAgreementFrom.seriesDistance} km en deux mois`
      : '',
    asked.mode === 'regular' ? 'avion ou bateau de ligne' : '',
    asked.reason === 'centre' ? 'CAMSP ou CMPP' : '',
  ].filter(Boolean);
  const needed = why.length > 0;
  const how = line.urgent
    ? 'urgence attestée par le prescripteur : le transport n’attend pas la réponse'
    : `à obtenir avant le transport ; sans réponse sous ${agreementDays} jours, il est acquis`;
  return {
    needed,
    why,
    words: needed ? `Accord préalable de l’assurance maladie (formulaire S 3139) : ${why.join(', ')} ; ${how}.` : '',
  };
}
/** Said to the prescriber, who decides. */
export function cautionsOf(line: Line): string[] {
  const { transport: asked } = line;
  if (!asked) return [];
  return [
    asked.reason === 'ald' && asked.mode === 'individual' && !asked.accompanied
      ? 'Au titre d’une ALD, un moyen individuel n’est pris en charge que si le patient doit être accompagné (décret du 10 mars 2011).'
      : '',
    asked.reason === 'other' ? 'Ce motif n’est pas une situation prise en charge par l’assurance maladie.' : '',
    (asked.reason === 'distance' && (asked.km ?? 0) <= priorAgreementFrom.distance) ||
    (asked.reason === 'series' &&
      ((asked.km ?? 0) <= priorAgreementFrom.seriesDistance ||
        inTwoMonths(line, asked.times) < priorAgreementFrom.series))
      ? 'La distance ou le nombre écrits ne correspondent pas à ce motif.'
      : '',
    !asked.km ? 'Sans la distance, Estran ne peut pas dire si un accord préalable est nécessaire.' : '',
  ].filter(Boolean);
}
/** What a line lacks, by field. */
export function transportFaults(line: Line): Record<string, string> {
  if (line.kind !== 'transport') return line.transport ? { transport: 'Ne se dit que d’un transport.' } : {};
  const { transport: asked } = line;
  if (!asked)
    return { transport: 'Dites pourquoi, comment, d’où et vers où : la prescription de transport le demande.' };
  const faults: Record<string, string> = {};
  if (!asked.from.trim()) faults['transport.from'] = 'D’où part le patient ?';
  if (!asked.to.trim()) faults['transport.to'] = 'Où va-t-il ?';
  if (asked.states.some((state) => transportStates[state].mode !== asked.mode))
    faults['transport.states'] = 'Cet état du patient est celui d’un autre mode de transport.';
  else if ((asked.mode === 'seated' || asked.mode === 'ambulance') && asked.states.length === 0)
    faults['transport.states'] = 'Dites quel état du patient demande ce mode de transport : un au moins.';
  if (asked.reason === 'work' && !asked.accident.trim())
    faults['transport.accident'] = 'Écrivez la date de l’accident ou de la première constatation.';
  return faults;
}

const way = ({ way: said, times }: TransportBody): string =>
  `${times > 1 ? `${times} fois ` : ''}${transportWays[said]}`;
/** As rows of the sheet. */
export function transportRows(line: Line): [string, string][] {
  const { transport: asked } = line;
  if (!asked) return [];
  const agreement = agreementOf(line);
  return (
    [
      ['Mode de transport', transportModes[asked.mode]],
      ['Justifié par', asked.states.map((state) => transportStates[state].label).join(' ; ')],
      ['Motif', `${transportReasons[asked.reason]}${asked.accident ? `, du ${asked.accident}` : ''}`],
      [
        'Trajet',
        `départ : ${asked.from}, arrivée : ${asked.to}, ${way(asked)}${asked.km ? `, ${asked.km} km à l’aller` : ''}`,
      ],
      ['Accompagnement', asked.accompanied ? 'Le patient doit être accompagné.' : ''],
      [
        'Transport partagé',
        asked.mode === 'seated'
          ? asked.alone
            ? 'L’état du patient n’est pas compatible avec un transport partagé.'
            : 'Compatible avec l’état du patient.'
          : '',
      ],
      ['Urgence', line.urgent ? 'Oui' : ''],
      ['Formalité', agreement.needed ? agreement.words : ''],
    ] as [string, string][]
  ).filter(([, said]) => said !== '');
}
export const transportWords = (line: Line): string =>
  line.transport
    ? [
        transportModes[line.transport.mode],
        way(line.transport),
        `départ : ${line.transport.from}, arrivée : ${line.transport.to}`,
        transportReasons[line.transport.reason].toLowerCase(),
        agreementOf(line).needed ? 'accord préalable nécessaire' : '',
      ]
        .filter(Boolean)
        .join(', ')
    : '';
