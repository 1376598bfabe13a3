import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { reading } from '../../../web/api.ts';
import { sayCount, sayDate } from '../../../web/say.ts';
import { Bone } from '../../../web/ui/states.tsx';
import { coordinationContract } from '../../contract.ts';
import css from './opinions.module.css';

/** Which part of the record goes with a question. `chosen`: as references, `Observation/12`. */
export function PartsToSend({
  patient,
  chosen,
  onChange,
}: {
  patient: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const parts = useQuery(reading(coordinationContract.partsToSend, { params: { patient } }));
  const toggle = (ref: string) =>
    onChange(chosen.includes(ref) ? chosen.filter((one) => one !== ref) : [...chosen, ref]);
  return (
    <section aria-label="Ce qui accompagne la question" className={`stack ${css.joining}`}>
      <h3>
        Joindre du dossier
        {chosen.length > 0 && <span className="dim"> · {sayCount(chosen.length, 'élément')}</span>}
      </h3>
      {parts.isPending && <Bone h={80} />}
      {parts.data?.groups.length === 0 && <p className="dim small">Rien à joindre dans ce dossier.</p>}
      {parts.data?.groups.map((group) => (
        <details
          key={group.label}
          className={css.group}
          open={group.parts.some((part) => chosen.includes(`${part.type}/${part.id}`)) || undefined}
        >
          <summary>
            {group.label} <span className="dim small num">{group.parts.length}</span>
          </summary>
          {group.parts.map((part) => (
            <Checkbox
              key={`${part.type}${part.id}`}
              size="sm"
              className={css.tick}
              label={
                <>
                  {part.label} {part.at && <span className="dim tiny nowrap">{sayDate(part.at)}</span>}
                </>
              }
              checked={chosen.includes(`${part.type}/${part.id}`)}
              onChange={() => toggle(`${part.type}/${part.id}`)}
            />
          ))}
        </details>
      ))}
    </section>
  );
}
