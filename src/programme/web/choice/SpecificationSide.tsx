import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { programmeContract } from '../../contract.ts';
import page from '../programme.module.css';
import { Papers } from './parts.tsx';
import { changedChoice, importances } from './words.ts';

type Specification = z.infer<typeof programmeContract.specification.reply>;

/** How many requirements of each importance, and what the answers still bring. */
export function RequirementsCard({
  specification: { requirements, toBuild, submitted },
  building,
  build,
  add,
}: {
  specification: Specification;
  building: boolean;
  build: () => void;
  add: () => void;
}) {
  return (
    <Card title="Exigences" count={requirements.length}>
      <div className={`${page.body} stack`}>
        <div className={page.figures} style={{ padding: 0 }}>
          {importances.map(({ value, label }) => (
            <div key={value}>
              <div className={page.figure}>{requirements.filter(({ importance }) => importance === value).length}</div>
              <div className="dim small">{label.toLowerCase()}</div>
            </div>
          ))}
        </div>
        {requirements.length > 0 && toBuild > 0 && (
          <Note tone="info">
            {sayCount(
              toBuild,
              'besoin des réponses n’est pas encore repris',
              'besoins des réponses ne sont pas encore repris',
            )}
            .
          </Note>
        )}
        <div className="row wrap">
          {submitted > 0 && requirements.length > 0 && (
            <Button variant="default" loading={building} disabled={toBuild === 0} onClick={build}>
              Reprendre les réponses
            </Button>
          )}
          <Button variant="default" leftSection={<PlusIcon size={16} />} onClick={add}>
            Ajouter une exigence
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** The specification as a numbered paper: vendors who are asked read its newest version. */
export function SpecificationPaper({
  project,
  specification: { requirements, papers, may },
}: {
  project: string;
  specification: Specification;
}) {
  const issue = useMutation({
    mutationFn: () => call(programmeContract.issueSpecification, { params: { project } }),
    onSuccess: () => {
      changedChoice();
      done('Cahier des charges produit : les éditeurs sollicités lisent cette version.');
    },
    onError: failed,
  });
  return (
    <Card title="Document">
      <div className={`${page.body} stack`}>
        <Papers
          project={project}
          papers={papers}
          empty="Le cahier des charges n’est pas encore produit : les éditeurs ne lisent rien."
        />
        {may.write && requirements.length > 0 && (
          <div>
            <Button loading={issue.isPending} onClick={() => issue.mutate()}>
              {papers.length ? `Produire la version ${papers[0]!.version + 1}` : 'Produire le cahier des charges (PDF)'}
            </Button>
          </div>
        )}
        <p className="small dim">
          Les éditeurs sollicités (onglet « Personnes ») lisent la dernière version produite, et rien d’autre du projet.
        </p>
      </div>
    </Card>
  );
}
