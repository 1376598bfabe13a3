import type { CodeableConcept } from '@medplum/fhirtypes';

/** The end of a fully specified name of SNOMED CT says in which hierarchy the concept stands: no word of the clinic. */
export const hierarchyEnd =
  / \((?:disorder|finding|procedure|situation|qualifier value|regime\/therapy|morphologic abnormality|substance|product|medicinal product|event|person|observable entity|body structure|record artifact|occupation|physical object)\)$/;
const snomed = 'http://snomed.info/sct';
const abbreviations = 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation';

/** What dosages of other programs say by a code: our own words for the concept, where its French name is not in the message. */
const french: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [snomed]: {
    '26643006': 'par voie orale',
    '260548002': 'par voie orale',
    '394899003': 'par voie orale',
    '37839007': 'par voie sublinguale',
    '47625008': 'par voie intraveineuse',
    '255560000': 'par voie intraveineuse',
    '34206005': 'par voie sous-cutanée',
    '263887005': 'par voie sous-cutanée',
    '78421000': 'par voie intramusculaire',
    '255559005': 'par voie intramusculaire',
    '54485002': 'par voie ophtalmique',
    '10547007': 'par voie auriculaire',
    '46713006': 'par voie nasale',
    '447694001': 'par voie inhalée',
    '16857009': 'par voie vaginale',
    '37161004': 'par voie rectale',
    '6064005': 'par voie cutanée',
    '359540000': 'par voie cutanée',
    '45890007': 'par voie transdermique',
    '421521009': 'à avaler',
    '422145002': 'à injecter',
    '421538008': 'à instiller',
    '417924000': 'à appliquer',
    '421257003': 'à insérer',
    '225756002': 'toutes les 4 heures',
    '225757006': 'toutes les 4 à 6 heures',
    '307468000': 'toutes les 6 heures',
    '1831000175103': 'toutes les 12 heures si besoin',
    '396143001': 'toutes les 72 heures si besoin',
    '311504000': 'pendant ou après le repas',
    '418577003': 'à intervalles réguliers, jusqu’à la fin prévue du traitement sauf avis contraire',
    '418637003': 'sans autre médicament qui contient du paracétamol',
    '418914006': 'peut rendre somnolent : dans ce cas ni conduite ni machine, et pas d’alcool',
    '421984009': 'jusqu’à la fin du traitement prescrit',
  },
  [abbreviations]: {
    QD: 'une fois par jour',
    BID: 'deux fois par jour',
    TID: 'trois fois par jour',
    QID: 'quatre fois par jour',
    QOD: 'un jour sur deux',
    Q4H: 'toutes les 4 heures',
    Q6H: 'toutes les 6 heures',
    WK: 'une fois par semaine',
    MO: 'une fois par mois',
  },
};

/** Words of a concept in a dosage: those that someone wrote, else ours for its code, else its name without what only a terminology needs. */
export function dosageWords(concept: CodeableConcept | undefined): string {
  const codings = concept?.coding ?? [];
  const text = concept?.text?.trim() || undefined;
  const written = text && !codings.some(({ display, code }) => [display?.trim(), code].includes(text));
  const ours = written
    ? undefined
    : codings.map(({ system, code }) => french[system ?? '']?.[code ?? '']).find(Boolean);
  const name = ours ?? text ?? codings.find(({ display }) => display)?.display ?? codings[0]?.code ?? '';
  const plain = name.replace(/ \(qualifier value\)$/, '').replace(/ - dosing instruction (?:imperative|fragment)$/, '');
  return codings.some(({ system }) => system === snomed) ? plain.replace(hierarchyEnd, '') : plain;
}
