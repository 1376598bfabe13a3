import { Textarea, TextInput } from '@mantine/core';
import { Card } from '../../../../web/ui/bits.tsx';
import type { ProtocolModel } from '../../../contract.ts';
import css from './editor.module.css';
import { RolesField, Rows } from './fields.tsx';
import type { Change } from './Outline.tsx';

type Alert = ProtocolModel['alerts'][number];

/** What makes one act at once. */
export function Alerts({ model, change }: { model: ProtocolModel; change: Change }) {
  return (
    <Card title="Signes d’alerte">
      <div className={`${css.fields} stack`}>
        <p className="dim small">
          Chaque signe dit quoi faire et qui le fait. La fiche du patient reprend les signes, sans les consignes des
          soignants.
        </p>
        <Rows<Alert>
          label="Signes"
          rows={model.alerts}
          onChange={(alerts) => change((now) => ({ ...now, alerts }))}
          most={20}
          blank={{ sign: '', act: '', roles: [] }}
          add="Ajouter un signe d’alerte"
          render={(row, set) => (
            <div className={`${css.block} stack tight`}>
              <TextInput
                label="Signe"
                maxLength={300}
                placeholder="Prise de 2 kg en trois jours"
                value={row.sign}
                onChange={(event) => set({ sign: event.currentTarget.value })}
              />
              <Textarea
                label="Que faire"
                autosize
                minRows={1}
                maxLength={400}
                value={row.act}
                onChange={(event) => set({ act: event.currentTarget.value })}
                error={
                  row.sign && !row.act ? 'Dites que faire : un signe sans conduite n’est pas enregistré.' : undefined
                }
              />
              <RolesField label="Qui réagit" value={row.roles} onChange={(roles) => set({ roles })} />
            </div>
          )}
        />
      </div>
    </Card>
  );
}
