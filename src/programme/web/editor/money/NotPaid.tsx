import { kindCodes, quoteKinds } from '../../../contract.ts';
import type { Funding, Put } from './Euros.tsx';
import { Exceptions } from './Exceptions.tsx';

const kinds = kindCodes.map((value) => ({ value, label: quoteKinds[value] }));

/** Kinds of expense that are never paid for. */
export const NotPaid = ({ funding, put }: { funding: Funding; put: Put }) => (
  <Exceptions
    label="Dépenses jamais payées"
    title="Dépenses jamais payées"
    choices={kinds}
    exceptions={funding.notPaid.map(({ kind, words }) => ({ of: kind, words }))}
    put={(next) => put({ notPaid: next.map(({ of, words }) => ({ kind: of, words })) })}
    says={{
      choice: 'Genre de dépense',
      words: 'Motif montré à l’équipe',
      remove: 'Payer de nouveau',
      add: 'Ajouter une dépense jamais payée',
      usual: (name) => `${name} : non financé par cet appel.`,
    }}
  />
);
