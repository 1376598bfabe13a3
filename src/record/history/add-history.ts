import type { ResourceType, Stored } from '../../fhir/index.ts';
import { Problem } from '../../platform/index.ts';
import type { HistoryBody, Written } from '../contract.ts';
import { historyTopics } from '../data/choices.ts';
import type { Entered } from '../read/enter.ts';
import { add } from '../write/save.ts';
import { buildHistory } from './build-history.ts';
import { historyOf } from './lines.ts';

const types: readonly ResourceType[] = ['Condition', 'FamilyMemberHistory', 'Procedure', 'Observation'];
/** Adds a line; «aucun connu» only while nothing is listed on its topic, as far as whoever says so can see. */
export async function addHistory(entered: Entered, body: HistoryBody): Promise<Written> {
  const built = buildHistory(entered, body);
  if (body.noneKnown) {
    const stored: Stored[] = await entered.store.compartment(entered.patientId, { types, each: types.map(() => 400) });
    const listed = historyOf(entered.reading, stored).filter((one) => one.topic === body.topic && !one.none);
    if (listed.length > 0) {
      const label = historyTopics.find((one) => one.code === body.topic)!.label.toLowerCase();
      throw new Problem(
        409,
        'Déjà noté',
        `Le dossier tient déjà : ${listed
          .slice(0, 3)
          .map((one) => one.label)
          .join(
            ', ',
          )}. Si c’est une erreur (${label}), marquez d’abord ces lignes comme saisies par erreur. Rien n’a été enregistré.`,
        { extra: { code: 'listed' } },
      );
    }
  }
  return add(entered, [built]);
}
