import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/index.ts';
import { answersTo } from '../contract/sections/repetition.ts';
import { canonicalParts, answerValue } from '../contract/sections/form.ts';
import { shippedSections } from '../data/sections/index.ts';
import { numberLabel } from '../fhir-words.ts';
import { scoresOf } from '../sections/populate.ts';

const forms = new Map<string, Questionnaire>(shippedSections.map(({ form }) => [form.id!, form]));
/** What answers to a section come to, in a few words: each wound, or the scores that mean something. `before`: the answers before, to compare. */
export function outcomeOf(stored: Stored<'QuestionnaireResponse'>, before?: Stored<'QuestionnaireResponse'>): string[] {
  const response = stored.resource;
  const id = canonicalParts(response.questionnaire)?.id ?? '';
  if (id === 'volet-plaie') return wounds(response, before && before.resource);
  const form = forms.get(id);
  const scores = form ? scoresOf(form, response.item ?? []).filter(({ words }) => words !== null) : [];
  return scores.slice(0, 2).map(({ label, value, words }) => `${label} ${numberLabel(value)} : ${words}`);
}
const evolutions: Record<string, string> = {
  mieux: 's’améliore',
  stable: 'stable',
  pire: 's’aggrave',
  cicatrisee: 'cicatrisée',
  premiere: 'première fois',
};
function wounds(response: QuestionnaireResponse, former: QuestionnaireResponse | undefined): string[] {
  const of = (one: QuestionnaireResponse | undefined) => (one?.item ?? []).filter(({ linkId }) => linkId === 'plaie');
  const said = (wound: { item?: QuestionnaireResponse['item'] }, linkId: string) =>
    answerValue(answersTo(wound.item, linkId)[0]);
  return of(response).map((wound) => {
    const [name, surface] = [String(said(wound, 'plaie-nom') ?? 'Plaie'), said(wound, 'surface')];
    const same = of(former).find((one) => said(one, 'plaie-nom') === said(wound, 'plaie-nom'));
    const was = same && said(same, 'surface');
    return [
      name,
      typeof surface === 'number'
        ? `${numberLabel(surface, 1)} cm²${typeof was === 'number' ? ` (${numberLabel(was, 1)} avant)` : ''}`
        : '',
      evolutions[String(said(wound, 'evolution'))] ?? '',
    ]
      .filter(Boolean)
      .join(', ');
  });
}
