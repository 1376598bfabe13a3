import type { Funding, Put } from './Euros.tsx';
import { Exceptions } from './Exceptions.tsx';
import { people } from './people.ts';

/** Professions that are never counted. */
export const Excluded = ({ funding, put }: { funding: Funding; put: Put }) => (
  <Exceptions
    label="Professions jamais comptées"
    title="Jamais comptées ni financées"
    choices={people}
    exceptions={funding.excluded.map(({ profession, words }) => ({ of: profession, words }))}
    put={(next) => put({ excluded: next.map(({ of, words }) => ({ profession: of, words })) })}
    says={{
      choice: 'Profession',
      words: 'L’équipe lit',
      remove: 'Compter de nouveau',
      add: 'Ne pas compter une profession',
      usual: (name) => `${name} : non compté, financé par ailleurs.`,
    }}
  />
);
