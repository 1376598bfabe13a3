import type { DocumentReference } from '@medplum/fhirtypes';
import type { FhirStore } from '../../fhir/index.ts';
import { documentTitle, letterGiven } from '../../record/index.ts';
import type { OpinionLine } from '../contract/opinions.ts';

type Letter = OpinionLine['letters'][number];

function letterOf(document: DocumentReference): Letter {
  const line = { id: document.id!, title: documentTitle(document) };
  if (document.docStatus === 'preliminary') return { ...line, state: 'draft', at: null, way: null };
  const last = letterGiven(document).at(-1);
  if (!last) return { ...line, state: 'signed', at: document.date ?? null, way: null };
  const state = last.state === 'done' ? 'sent' : last.state === 'failed' ? 'failed' : 'leaving';
  return { ...line, state, at: last.at || null, way: last.way };
}

/** The letters that carry these requests outside, in force or in preparation, by the id of the ServiceRequest; those that the reader may read. */
export async function lettersOf(store: FhirStore, requests: readonly string[]): Promise<Map<string, Letter[]>> {
  const found = new Map<string, Letter[]>();
  for (let at = 0; at < requests.length; at += 100) {
    const { resources } = await store.search('DocumentReference', [
      [
        'related',
        requests
          .slice(at, at + 100)
          .map((id) => `ServiceRequest/${id}`)
          .join(','),
      ],
      ['status', 'current'],
      ['_sort', '-date'],
      ['_count', '500'],
    ]);
    for (const one of resources) {
      const document = one.resource;
      for (const { reference } of document.context?.related ?? []) {
        const id = reference?.split('/')[1];
        if (id && reference?.startsWith('ServiceRequest/'))
          found.set(id, [...(found.get(id) ?? []), letterOf(document)]);
      }
    }
  }
  return found;
}
/** What is to be done about it, or where it stands, while no answer has come. */
export function standing(letters: readonly Letter[]): string {
  const [last] = letters;
  if (!last || last.state === 'sent') return 'En attente de réponse';
  return {
    draft: 'Courrier à signer',
    signed: 'Courrier à envoyer',
    leaving: 'Courrier en cours d’envoi',
    failed: 'Envoi échoué',
  }[last.state];
}
