import { TextInput } from '@mantine/core';
import { Card } from '../../../../web/ui/bits.tsx';
import { DateField } from '../../../../web/ui/DateField.tsx';
import type { ProtocolModel } from '../../../contract.ts';
import type { Checked } from '../use-protocol.ts';
import css from './editor.module.css';
import { Papers, Problems, Rows } from './fields.tsx';
import { aboutReferences, type Change } from './Outline.tsx';

type Source = ProtocolModel['sources'][number];

/** Documents of the whole protocol, where it comes from, and when it must be read again. */
export function References({
  model,
  change,
  problems,
}: {
  model: ProtocolModel;
  change: Change;
  problems: Checked['problems'];
}) {
  const set = (patch: Partial<ProtocolModel>) => change((now) => ({ ...now, ...patch }));
  return (
    <Card title="Documents et sources">
      <div className={`${css.fields} stack`}>
        <Problems problems={problems.filter((one) => one.step === null && aboutReferences(one))} />
        <DateField
          label="À relire le"
          description="Une recommandation change en deux à cinq ans. « +1a » pour dans un an."
          value={model.reviewDate ?? ''}
          onChange={(iso) => set({ reviewDate: iso || null })}
          w={220}
        />
        <Rows<Source>
          label="Sources"
          rows={model.sources}
          onChange={(sources) => set({ sources })}
          most={20}
          blank={{ title: '', publisher: '', year: '', url: null }}
          add="Ajouter une source"
          render={(row, change) => (
            <div className={`${css.block} stack tight`}>
              <TextInput
                label="Titre"
                maxLength={300}
                value={row.title}
                onChange={(event) => change({ title: event.currentTarget.value })}
              />
              <div className={css.source}>
                <TextInput
                  label="Éditeur"
                  placeholder="Haute Autorité de santé"
                  maxLength={120}
                  value={row.publisher}
                  onChange={(event) => change({ publisher: event.currentTarget.value })}
                />
                <TextInput
                  label="Année"
                  maxLength={10}
                  value={row.year}
                  onChange={(event) => change({ year: event.currentTarget.value })}
                />
                <TextInput
                  label="Adresse"
                  placeholder="https://…"
                  value={row.url ?? ''}
                  onChange={(event) => change({ url: event.currentTarget.value.replace(/\s/g, '') || null })}
                />
              </div>
            </div>
          )}
        />
        <Papers
          label="Documents du protocole"
          rows={model.documents}
          onChange={(documents) => set({ documents })}
          most={20}
        />
      </div>
    </Card>
  );
}
