import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call, queries, reading } from '../../../web/api.ts';
import { useMe } from '../../../web/session.ts';
import { DocumentIcon, SettingsIcon } from '../../../web/ui/icons.ts';
import { professionChoices } from '../../../web/words.ts';
import { letterUses, recordContract } from '../../contract.ts';
import { EditionsPage } from '../editions/EditionsPage.tsx';

export const changedTemplates = () => {
  for (const entry of [recordContract.letterTemplates, recordContract.letterTemplate])
    void queries.invalidateQueries({ queryKey: [entry.path] });
};

/** `/modeles`: the letter templates of the practice, written and changed by the team. */
export default function TemplatesPage() {
  const me = useMe();
  const query = useQuery(reading(recordContract.letterTemplates));
  return (
    <EditionsPage
      query={query}
      all={query.data?.templates ?? []}
      beside={
        me.acts.includes('write-letterhead') && (
          <Button
            component={Link}
            to={'/modeles/en-tete' as string}
            variant="default"
            leftSection={<SettingsIcon size={16} />}
          >
            En-tête
          </Button>
        )
      }
      kind={{
        path: '/modeles',
        list: 'Modèles de courriers',
        noun: 'Modèle',
        icon: DocumentIcon,
        lead: 'Des textes avec des champs du dossier et des parties conditionnelles, que l’équipe écrit et change. Un courrier garde l’édition dont il vient.',
        classed: { title: 'Usage', of: (one) => one.useLabel },
        filters: [
          {
            key: 'usage',
            label: 'Usage',
            choices: Object.entries(letterUses).map(([value, label]) => ({ value, label })),
            keeps: (one, use) => one.use === use,
          },
          {
            key: 'profession',
            label: 'Profession',
            choices: professionChoices,
            keeps: (one, profession) =>
              one.professions.length === 0 || one.professions.some((each) => each === profession),
          },
        ],
        brought: {
          act: 'Apporter un modèle',
          label: 'Modèle exporté à apporter',
          unreadable: 'Ce fichier n’est pas un modèle de courrier exporté.',
        },
        blank: { title: 'Nouveau modèle' },
        fromFile: (file) => ({ file }) as Begun,
        begin: (body: Begun) => call(recordContract.beginTemplate, { body }),
        changed: changedTemplates,
      }}
    />
  );
}
type Begun = Parameters<typeof call<typeof recordContract.beginTemplate>>[1]['body'];
