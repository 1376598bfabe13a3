import { Button } from '@mantine/core';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import type { Header } from '../../contract.ts';
import { mayAdd, usePanel, useRecord } from '../use-record.ts';
import { AddButton } from './AddButton.tsx';
import { RecordLine } from './RecordLine.tsx';
import css from './summary.module.css';

/** Three states that never look alike (DOS-3). */
export function AllergiesCard({ allergies }: { allergies: NonNullable<Header['allergies']> }) {
  const record = useRecord();
  const [, setPanel] = usePanel();
  return (
    <Card
      title="Allergies et intolérances"
      count={allergies.lines.length || undefined}
      action={<AddButton panel="allergie" kind="allergies" label="Ajouter une allergie" />}
    >
      {allergies.state === 'not-asked' && (
        <div className={css.notAsked}>
          <span>
            <b>Non renseigné.</b> La question n’a pas encore été posée.
          </span>
          {mayAdd(record, 'allergies') && (
            <Button
              size="compact-sm"
              variant="default"
              flex="none"
              onClick={() => setPanel('allergie')}
              className="no-print"
            >
              Renseigner
            </Button>
          )}
        </div>
      )}
      {allergies.state === 'none-known' && (
        <p className={css.noneKnown}>
          <CheckIcon size={16} /> Aucune allergie connue
          {(allergies.statedBy || allergies.statedOn) && (
            <span className="dim small">
              {' '}
              · demandé {allergies.statedOn && `le ${sayDate(allergies.statedOn)}`}{' '}
              {allergies.statedBy && `par ${allergies.statedBy.me ? 'vous' : allergies.statedBy.name}`}
            </span>
          )}
        </p>
      )}
      <ul className="plain">
        {allergies.lines.map((line) => (
          <RecordLine
            key={line.id}
            line={line}
            off={line.state !== 'active'}
            title={line.label}
            marks={
              <>
                {line.criticality === 'high' && <Tag tone="danger">{line.criticalityLabel}</Tag>}{' '}
                {line.kindOfReaction === 'intolerance' && <Tag>intolérance</Tag>}
                {line.state !== 'active' && <Tag>{line.stateLabel}</Tag>}
              </>
            }
            detail={line.reaction ?? undefined}
          />
        ))}
      </ul>
    </Card>
  );
}
