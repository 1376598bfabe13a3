import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reading } from '../../../web/api.ts';
import { sayDate } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { ProtocolIcon } from '../../../web/ui/icons.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { kindLabels, phaseTitles, states } from './words.ts';

/** The practice's way to a recognised ESP or MSP, on the page of the programme. */
export function TrackCard() {
  const query = useQuery(reading(programmeContract.tracks));
  if (!query.data || (query.data.tracks.length === 0 && !query.data.mayOpen)) return null;
  const { tracks, mayOpen } = query.data;
  return (
    <Card title="Parcours vers l’ESP ou la MSP">
      <div className={`${css.body} stack`}>
        {tracks.map((one) => (
          <div key={one.id} className="stack tight">
            <div className="row wrap">
              <span className="strong">{kindLabels[one.kind]}</span>
              <Tag tone={states[one.state].tone}>{states[one.state].words}</Tag>
            </div>
            <p className="small dim">
              {one.validatedOn
                ? `Reconnue depuis le ${sayDate(one.validatedOn)}. ${one.actions.of ? `${one.actions.done} actions faites sur ${one.actions.of}.` : ''}`
                : `Phase ${one.phase} : ${phaseTitles[one.phase - 1]!.toLowerCase()}.`}
            </p>
            <Link to={`/programme/parcours/${one.id}` as string} className="row">
              <ProtocolIcon size={16} /> Ouvrir le parcours
            </Link>
          </div>
        ))}
        {mayOpen && (
          <>
            {tracks.length === 0 && (
              <p className="small dim">
                Se rencontrer, écrire le projet de santé, atteindre le socle de l’ACI : trois phases, accompagnées par
                l’ARS.
              </p>
            )}
            <div>
              <Button
                component={Link}
                to={'/programme/parcours' as string}
                search={{ volet: 'ouvrir' } as never}
                variant="default"
                leftSection={<ProtocolIcon size={16} />}
              >
                Ouvrir un parcours
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
