import { useQuery } from '@tanstack/react-query';
import { call, queries, reading } from '../../../web/api.ts';
import { FormIcon } from '../../../web/ui/icons.ts';
import { recordContract, themes } from '../../contract.ts';
import { EditionsPage } from '../editions/EditionsPage.tsx';

export const changedSections = () => {
  for (const entry of [recordContract.sections, recordContract.section])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};

/** `/volets`: the sections of the practice, written and changed by the team. */
export default function SectionsPage() {
  const query = useQuery(reading(recordContract.sections));
  return (
    <EditionsPage
      query={query}
      all={query.data?.sections ?? []}
      kind={{
        path: '/volets',
        list: 'Volets',
        noun: 'Volet',
        icon: FormIcon,
        lead: 'Les formulaires de chaque profession, que l’équipe écrit et change. Une réponse garde l’édition à laquelle elle a été donnée.',
        classed: { title: 'Thème', of: (one) => one.themeLabel },
        filters: [
          {
            key: 'theme',
            label: 'Thème',
            choices: Object.entries(themes).map(([value, label]) => ({ value, label })),
            keeps: (one, theme) => one.theme === theme,
          },
        ],
        brought: {
          act: 'Apporter un questionnaire',
          label: 'Questionnaire exporté à apporter',
          unreadable: 'Ce fichier n’est pas un questionnaire exporté (FHIR, JSON).',
        },
        blank: { title: 'Nouveau volet' },
        fromFile: (form) => ({ form }) as Begun,
        begin: (body: Begun) => call(recordContract.beginSection, { body }),
        changed: changedSections,
      }}
    />
  );
}
type Begun = Parameters<typeof call<typeof recordContract.beginSection>>[1]['body'];
