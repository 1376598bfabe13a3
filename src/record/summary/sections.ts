import type { KindOfData } from '../../access/index.ts';
import { ofType, type ResourceType, type Stored } from '../../fhir/index.ts';
import type { Line, SummaryLine } from '../contract.ts';
import { addMonths, dateLabel, dayOf } from '../dates.rules.ts';
import { idOf, labelOf, truncate } from '../fhir-words.ts';
import { alertOf, allergiesOf, measuresOf, problemOf, toldAllergies } from '../read/cards.ts';
import { vaccineLineOf } from '../vaccines/lines.ts';
import { isRunning, teamOf } from '../read/header.ts';
import { answersOf, certaintyOf, sectionTitle, severityLabels } from '../read/labels.ts';
import { isPast, kindOfStored, lineOf, type Reading } from '../read/reading.ts';
import { historyOf } from '../history/lines.ts';
import { plansOf } from '../read/ahead.ts';
import { noTreatmentIn, treatmentsOf } from '../treatments/lines.ts';

export type Made = Omit<SummaryLine, 'left' | 'change' | 'since'>;
/**
 * A section of the «volet de synthèse médicale». Content: HAS, «Synthèse médicale» (2012: identity, current conditions, history and risk factors with
 * allergies, long-term treatments, points to watch) and the CI-SIS volet made of it (ASIP Santé, VSM, October 2013; today ANS): vaccines, useful results,
 * way of life, functional state, care plan, participants. LOINC codes are those the CI-SIS and the IPS give these sections.
 */
export interface SummarySectionOf {
  code: string;
  title: string;
  loinc: string;
  display: string;
  kinds: readonly KindOfData[];
  types: readonly ResourceType[];
  empty: string;
  /** Lines of what the reader sees of these types. `r.today` is the day the summary is of. */
  lines(r: Reading, stored: readonly Stored[]): Made[];
}
const lineFrom = (
  line: Readonly<Line>,
  label: string,
  detail: (string | null | undefined | false)[],
  fixed = false,
): Made => ({
  type: line.type,
  id: line.id,
  version: line.version,
  label,
  detail: detail.filter(Boolean).join(' · '),
  at: line.at,
  who: line.who,
  sensitive: line.sensitive,
  fixed,
});
/** The first of each label: what comes first is the newest. */
const newest = (lines: Made[]): Made[] =>
  [...new Map([...lines].reverse().map((line) => [line.label, line])).values()].reverse();
const recent = (r: Reading, at: string | null): boolean => at !== null && dayOf(at) >= addMonths(r.today, -24);
const fromHistory = (r: Reading, stored: readonly Stored[], topics: readonly string[]): Made[] =>
  historyOf(r, stored)
    .filter(({ topic }) => topics.includes(topic))
    .map((line) =>
      line.label === line.topicLabel && line.detail
        ? lineFrom(line, line.detail, [])
        : lineFrom(line, [line.relative, line.label].filter(Boolean).join(' : '), [line.detail]),
    );
const problems = (r: Reading, stored: readonly Stored[]) =>
  ofType(stored, 'Condition')
    .filter((one) => !isPast(one.resource) && certaintyOf(one.resource) !== 'refuted')
    .map((one) => problemOf(r, one));

export const summarySections: readonly SummarySectionOf[] = [
  {
    code: 'problems',
    title: 'Pathologies en cours',
    loinc: '11450-4',
    display: 'Problem list - Reported',
    kinds: ['history'],
    types: ['Condition'],
    empty: 'Aucune pathologie en cours notée au dossier.',
    lines: (r, stored) =>
      problems(r, stored)
        .filter(({ state }) => state === 'active')
        .map((line) =>
          lineFrom(line, line.label, [
            line.onsetLabel,
            line.ald?.running && `ALD${line.ald.until ? ` jusqu’au ${dateLabel(line.ald.until)}` : ''}`,
            line.certainty === 'provisional' && 'à confirmer',
          ]),
        ),
  },
  {
    code: 'past',
    title: 'Antécédents personnels',
    loinc: '11348-0',
    display: 'History of Past illness Narrative',
    kinds: ['history'],
    types: ['Condition', 'Procedure', 'Observation', 'FamilyMemberHistory'],
    empty: 'Non renseigné : aucun antécédent n’est noté.',
    lines: (r, stored) => [
      ...fromHistory(r, stored, ['personal', 'procedure']),
      ...problems(r, stored)
        .filter(({ state }) => state !== 'active')
        .map((line) => lineFrom(line, line.label, [line.onsetLabel, line.stateLabel])),
    ],
  },
  {
    code: 'family',
    title: 'Antécédents familiaux',
    loinc: '10157-6',
    display: 'History of family member diseases Narrative',
    kinds: ['history'],
    types: ['FamilyMemberHistory', 'Observation'],
    empty: 'Non renseigné : rien n’est noté de la famille.',
    lines: (r, stored) => fromHistory(r, stored, ['family']),
  },
  {
    code: 'risks',
    title: 'Facteurs de risque et mode de vie',
    loinc: '29762-2',
    display: 'Social history Narrative',
    kinds: ['lifestyle'],
    types: ['Observation'],
    empty: 'Non renseigné : rien n’est noté des risques ni du mode de vie.',
    lines: (r, stored) => fromHistory(r, stored, ['risk', 'lifestyle', 'social']),
  },
  {
    code: 'allergies',
    title: 'Allergies et intolérances',
    loinc: '48765-2',
    display: 'Allergies and adverse reactions Document',
    kinds: ['allergies'],
    types: ['AllergyIntolerance'],
    empty: 'Non renseigné : la question n’a pas été posée.',
    lines(r, stored) {
      const told = allergiesOf(r, ofType(stored, 'AllergyIntolerance'));
      const none = told.state === 'none-known' ? stored.find((one) => one.id === told.statement?.id) : undefined;
      if (none) return [lineFrom(lineOf(r, none), 'Aucune allergie connue', [])];
      return toldAllergies(told).map(({ line, former }) =>
        lineFrom(line, line.label, [
          former,
          line.categoryLabel,
          line.reaction,
          line.criticality !== 'unknown' && line.criticalityLabel,
        ]),
      );
    },
  },
  {
    code: 'treatments',
    title: 'Traitements au long cours',
    loinc: '10160-0',
    display: 'History of Medication use Narrative',
    kinds: ['treatments'],
    types: ['MedicationRequest', 'MedicationStatement'],
    empty: 'Traitements au long cours : non renseigné, aucun n’est noté au dossier.',
    lines(r, stored) {
      const lines = treatmentsOf(r, ofType(stored, 'MedicationRequest', 'MedicationStatement'));
      // Asked, and nothing is taken: said, with who asked; an empty section would not say it.
      const none = lines.some(({ state }) => state !== 'past') ? undefined : noTreatmentIn(stored);
      if (none) return [lineFrom(lineOf(r, none), 'Aucun traitement en cours', [])];
      return lines
        .filter(({ state, longTerm }) => state === 'current' && longTerm)
        .map((line) =>
          lineFrom(line, line.label, [
            line.dosage,
            line.from && `depuis le ${dateLabel(line.from)}`,
            line.reason,
            line.source !== 'prescription' && line.sourceLabel,
          ]),
        );
    },
  },
  {
    code: 'vigilance',
    title: 'Points de vigilance',
    loinc: '104605-1',
    display: 'Alert',
    kinds: ['summary'],
    types: ['Flag'],
    empty: 'Aucun point de vigilance signalé au dossier.',
    lines: (r, stored) =>
      ofType(stored, 'Flag')
        .filter((one) => one.resource.status === 'active')
        .map((one) => alertOf(r, one))
        .filter(({ until }) => !until || until.slice(0, 10) >= r.today)
        .map((line) =>
          lineFrom(line, line.label, [
            line.categoryLabel,
            severityLabels[line.severity],
            line.until && `jusqu’au ${dateLabel(line.until)}`,
          ]),
        ),
  },
  {
    code: 'vaccines',
    title: 'Vaccinations',
    loinc: '11369-6',
    display: 'History of Immunization Narrative',
    kinds: ['vaccines'],
    types: ['Immunization'],
    empty: 'Aucune vaccination notée au dossier.',
    lines: (r, stored) =>
      newest(
        ofType(stored, 'Immunization')
          .map((one) => vaccineLineOf(r, one))
          .map((line) =>
            lineFrom(line, line.label, [
              line.outcome !== 'given' ? line.outcomeLabel : `le ${dateLabel(line.at)}`,
              line.dose,
              line.lot && `lot ${line.lot}`,
            ]),
          ),
      ),
  },
  {
    code: 'results',
    title: 'Mesures et résultats utiles',
    loinc: '30954-2',
    display: 'Relevant diagnostic tests/laboratory data Narrative',
    kinds: ['measures', 'results'],
    types: ['Observation'],
    empty: 'Aucune mesure de moins de deux ans au dossier.',
    lines: (r, stored) =>
      measuresOf(r, ofType(stored, 'Observation'))
        .filter(({ at }) => recent(r, at))
        .slice(0, 30)
        .map((line) =>
          lineFrom(line, line.label, [line.display, line.flagLabel.toLowerCase(), `le ${dateLabel(line.at)}`]),
        ),
  },
  {
    code: 'functional',
    title: 'Autonomie et bilans',
    loinc: '47420-5',
    display: 'Functional status assessment note',
    kinds: ['sections'],
    types: ['QuestionnaireResponse'],
    empty: 'Aucun bilan de moins de deux ans au dossier.',
    lines: (r, stored) =>
      newest(
        ofType(stored, 'QuestionnaireResponse')
          .map((one) => ({ one, line: lineOf(r, one) }))
          .filter(({ line }) => recent(r, line.at))
          .map(({ one, line }) =>
            lineFrom(line, sectionTitle(one.resource), [
              `le ${dateLabel(line.at)}`,
              truncate(answersOf(one.resource).replace(/\n/g, ' ; '), 240),
            ]),
          ),
      ),
  },
  {
    code: 'plan',
    title: 'Objectifs et plan de soins',
    loinc: '18776-5',
    display: 'Plan of care note',
    kinds: ['summary'],
    types: ['CarePlan', 'Goal'],
    empty: 'Aucun objectif en cours au dossier.',
    lines: (r, stored) =>
      plansOf(r, stored).map((line) =>
        lineFrom(line, line.label, [
          line.target,
          line.detail.replace(/\n/g, ' ; '),
          line.due && `échéance ${dateLabel(line.due)}`,
        ]),
      ),
  },
  {
    code: 'team',
    title: 'Professionnels de l’équipe',
    loinc: '85847-2',
    display: 'Patient Care team information',
    kinds: ['coordination'],
    types: ['CareTeam'],
    empty: 'Aucun professionnel dans l’équipe de soins.',
    lines(r, stored) {
      const team = teamOf(stored);
      if (!team) return [];
      const line = lineOf(r, team);
      return (team.resource.participant ?? [])
        .filter((one) => isRunning(one, r.today) && !one.member?.reference?.includes('Patient/'))
        .map((one) => {
          const who = idOf(one.member, 'Practitioner') ? r.directory.who(r.caller, one.member) : null;
          return lineFrom(
            line,
            who?.name ?? one.member?.display ?? 'Intervenant',
            [
              labelOf(one.role?.[0]) || who?.role,
              one.onBehalfOf?.display,
              one.extension?.find(({ url }) => url === 'urn:estran:phone')?.valueString,
            ],
            true,
          );
        });
    },
  },
];
export const sensitiveKinds: ReadonlySet<KindOfData> = new Set(['mental-health', 'sexual-health']);
/** What a section is made of: its own kinds, and sensitive entries that were ticked. */
export const isOfSection = (section: SummarySectionOf, one: Stored): boolean =>
  section.types.includes(one.type) &&
  (section.kinds.includes(kindOfStored(one)) || sensitiveKinds.has(kindOfStored(one)));
