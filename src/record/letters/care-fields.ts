import type { Condition } from '@medplum/fhirtypes';
import type { KindOfData } from '../../access/index.ts';
import type { FieldValue } from '../../platform/index.ts';
import { sectionKey } from '../data/letters/fields.ts';
import { dateLabel } from '../dates.rules.ts';
import { labelOf } from '../fhir-words.ts';
import { alertOf, allergiesOf, problemOf, toldAllergies } from '../read/cards.ts';
import { treatmentsOf as taken } from '../treatments/lines.ts';
import { answersOf, certaintyOf, sectionTitle } from '../read/labels.ts';
import { isMedicalSummary, isPast, lineOf } from '../read/reading.ts';
import { historyOf } from '../history/lines.ts';
import { plansOf } from '../read/ahead.ts';
import { describe } from '../read/describe.ts';
import { vaccineLineOf } from '../vaccines/lines.ts';
import { answerIn } from './section-answer.rules.ts';
import { between, type FieldOf, type Held, known, line, listOf, missing, orMissing, yes } from './field-value.ts';

const problemsOf = ({ r, of }: Held, kinds: readonly KindOfData[] = ['history']) =>
  of(kinds, 'Condition')
    .filter((one) => !isPast(one.resource) && certaintyOf(one.resource) !== 'refuted')
    .map((one) => problemOf(r, one))
    .filter(({ state }) => state === 'active');
const treatmentsOf = ({ r, of }: Held, kinds: readonly KindOfData[]) =>
  taken(r, of(kinds, 'MedicationRequest', 'MedicationStatement')).filter(({ state }) => state === 'current');
const sensitiveLines = (held: Held, kind: KindOfData): FieldValue =>
  listOf(
    [
      ...problemsOf(held, [kind]).map((one) =>
        line({ nom: one.label, detail: one.onsetLabel }, [one.label, one.onsetLabel]),
      ),
      ...treatmentsOf(held, [kind]).map((one) => line({ nom: one.label, detail: one.dosage }, [one.label, one.dosage])),
    ],
    'rien de tel noté au dossier',
  );
const isPregnancy = (condition: Condition): boolean =>
  (condition.code?.coding ?? []).some(({ code }) => /^(Z3[3-5]|O)/.test(code ?? '') || code === '77386006') ||
  /\b(grossesse|enceinte)\b/i.test(labelOf(condition.code));

/** Fields made of what is known of the patient’s care: each list as this person may read it. */
export const careFields: Record<string, FieldOf> = {
  enceinte: ({ r, of }) =>
    yes(
      r.sex !== 'male' &&
        of(['history'], 'Condition').some(
          (one) => !isPast(one.resource) && problemOf(r, one).state === 'active' && isPregnancy(one.resource),
        ),
    ),
  problemes: (held) =>
    listOf(
      problemsOf(held).map((one) =>
        line({ nom: one.label, depuis: one.onsetLabel, ald: one.ald?.running ? 'ALD' : '', note: one.note }, [
          one.label,
          one.onsetLabel,
          one.ald?.running && 'ALD',
          one.certainty === 'provisional' && 'à confirmer',
        ]),
      ),
      'aucun problème en cours noté au dossier',
    ),
  ald: (held) =>
    listOf(
      problemsOf(held)
        .filter(({ ald }) => ald?.running)
        .map((one) =>
          line({ nom: one.label, numero: one.ald!.number, jusque: dateLabel(one.ald!.until) }, [
            one.label,
            one.ald!.number && `ALD ${one.ald!.number}`,
            one.ald!.until && `jusqu’au ${dateLabel(one.ald!.until)}`,
          ]),
        ),
      'aucune ALD notée au dossier',
    ),
  antecedents: ({ r, of }) =>
    listOf(
      historyOf(r, of(['history'], 'Condition', 'Procedure'))
        .filter(({ topic }) => topic === 'personal' || topic === 'procedure')
        .map((one) =>
          line(
            { nom: one.label, date: one.detail },
            [one.label, between(one.detail)].filter(Boolean).length > 1
              ? [`${one.label} (${one.detail})`]
              : [one.label],
          ),
        ),
      'aucun antécédent noté au dossier',
    ),
  'antecedents-familiaux': ({ r, of }) =>
    listOf(
      historyOf(r, of(['history'], 'FamilyMemberHistory')).map((one) =>
        line({ nom: one.label, parent: one.relative }, [
          [one.relative, one.label].filter(Boolean).join(' : '),
          one.detail,
        ]),
      ),
      'aucun antécédent familial noté au dossier',
    ),
  risques: ({ r, of }) =>
    listOf(
      historyOf(r, of(['lifestyle'], 'Observation')).map((one) =>
        line({ nom: one.label, detail: one.detail }, [[one.label, one.detail].filter(Boolean).join(' : ')]),
      ),
      'aucun facteur de risque noté au dossier',
    ),
  allergies({ r, of }) {
    // DOS-3: none known, not asked and listed are three different states.
    const told = allergiesOf(r, of(['allergies'], 'AllergyIntolerance'));
    if (told.state === 'none-known') return known('aucune allergie connue');
    return listOf(
      toldAllergies(told)
        .map(({ line: one, former }) => [one, former ? `${one.label} (${former})` : one.label] as const)
        .map(([one, nom]) =>
          line({ nom, reaction: one.reaction, gravite: one.criticality === 'unknown' ? '' : one.criticalityLabel }, [
            nom,
            one.reaction,
            one.criticality === 'high' && 'gravité élevée',
          ]),
        ),
      'allergies non renseignées : la question n’a pas été posée',
    );
  },
  traitements: (held) =>
    listOf(
      treatmentsOf(held, ['treatments']).map((one) =>
        line({ nom: one.label, posologie: one.dosage, depuis: dateLabel(one.from), motif: one.reason }, [
          one.dosage ? `${one.label} : ${one.dosage}` : one.label,
          one.source === 'patient' && 'déclaré par le patient',
        ]),
      ),
      'aucun traitement en cours noté au dossier',
    ),
  vaccins: ({ r, of }) =>
    listOf(
      [
        ...new Map(
          of(['vaccines'], 'Immunization')
            .map((one) => vaccineLineOf(r, one))
            .filter(({ outcome }) => outcome === 'given')
            .toReversed()
            .map((one) => [one.label, one]),
        ).values(),
      ]
        .toReversed()
        .map((one) => line({ nom: one.label, date: dateLabel(one.at) }, [`${one.label} (${dateLabel(one.at)})`])),
      'aucune vaccination notée au dossier',
    ),
  vaccin({ r, of }, key) {
    const target = key.slice('vaccin.'.length);
    const [last] = of(['vaccines'], 'Immunization')
      .map((one) => vaccineLineOf(r, one))
      .filter(({ outcome, targets }) => outcome === 'given' && targets.includes(target))
      .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
    return last
      ? known(`${last.label} le ${dateLabel(last.at)}${last.lot ? `, lot ${last.lot}` : ''}`)
      : missing('aucun vaccin noté');
  },
  alertes: ({ r, of }) =>
    listOf(
      of(['summary'], 'Flag')
        .filter((one) => one.resource.status === 'active')
        .map((one) => alertOf(r, one))
        .filter(({ until }) => !until || until.slice(0, 10) >= r.today)
        .map((one) => line({ nom: one.label, detail: one.categoryLabel }, [one.label])),
      'aucune alerte au dossier',
    ),
  objectifs: ({ r, of }) =>
    listOf(
      plansOf(r, of(['summary'], 'Goal')).map((one) =>
        line({ nom: one.label, cible: one.target }, [one.label, one.target]),
      ),
      'aucun objectif en cours',
    ),
  'sante-mentale': (held) => sensitiveLines(held, 'mental-health'),
  'sante-sexuelle': (held) => sensitiveLines(held, 'sexual-health'),
  note({ r, of, entered }, key) {
    const [last] = of(['documents', 'history', 'summary', 'sections'], 'Composition', 'ClinicalImpression')
      .filter((one) => !isMedicalSummary(one.resource) && lineOf(r, one).who?.id === entered.caller.practitioner)
      .sort((a, b) => (lineOf(r, b).at ?? '').localeCompare(lineOf(r, a).at ?? ''));
    if (!last) return missing('vous n’avez pas de note dans ce dossier');
    return key === 'note.date'
      ? orMissing(dateLabel(lineOf(r, last).at), 'sans date')
      : orMissing(describe(last.resource, r).fields.find(({ label }) => label === 'Texte')?.value, 'note sans texte');
  },
  volet({ r, of }, key) {
    const [, section = '', question] = sectionKey.exec(key) ?? [];
    const [last] = of(['sections', 'administrative'], 'QuestionnaireResponse')
      .filter((one) => (one.resource.questionnaire ?? '').startsWith(`urn:estran:volet:${section}|`))
      .sort((a, b) => (lineOf(r, b).at ?? '').localeCompare(lineOf(r, a).at ?? ''));
    if (!last) return missing('ce volet n’a pas été rempli');
    const response = last.resource;
    if (question === 'date') return orMissing(dateLabel(lineOf(r, last).at), 'sans date');
    if (question) return orMissing(answerIn(response.item ?? [], question), 'cette question n’a pas de réponse');
    return orMissing(
      `${sectionTitle(response)}, ${dateLabel(lineOf(r, last).at)}${lineOf(r, last).who ? `, ${lineOf(r, last).who!.name}` : ''}\n${answersOf(response)}`,
      'volet sans réponse',
    );
  },
};
