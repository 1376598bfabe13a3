import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call, urlOf } from '../../../web/api.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { DocumentIcon, EditIcon } from '../../../web/ui/icons.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import { Composition } from './Composition.tsx';
import { changedTrack, type Track } from './words.ts';

/** What the team says of itself. */
export function AboutCard({ track, edit }: { track: Track; edit: () => void }) {
  const { about } = track;
  const edits = track.may.manage && !['submitted', 'validated', 'stopped'].includes(track.state);
  const statutes = useMutation({
    mutationFn: () => call(programmeContract.statutes, { params: { track: track.id } }),
    onSuccess: ({ paper }) => {
      changedTrack();
      window.open(urlOf(programmeContract.trackPaper, { params: { track: track.id, paper } }), '_blank', 'noreferrer');
    },
    onError: failed,
  });
  const line = (label: string, value: string) => (
    <div style={{ display: 'contents' }}>
      <dt>{label}</dt>
      <dd>{value || <span className="dim">non renseigné</span>}</dd>
    </div>
  );
  return (
    <Card
      title="L’équipe"
      action={
        edits && (
          <Button size="compact-sm" variant="light" leftSection={<EditIcon size={14} />} onClick={edit}>
            Modifier
          </Button>
        )
      }
    >
      <div className={`${css.body} stack`}>
        <dl className={css.lines}>
          {line(
            'Demandé par',
            about.askedBy === null ? '' : about.askedBy === 'elected' ? 'des élus' : 'des professionnels de santé',
          )}
          {line('Territoire', about.territory)}
          {line(
            'Professionnels',
            Object.entries(about.members)
              .filter(([, count]) => count)
              .map(
                ([code, count]) =>
                  `${professionLabel(code)} : ${count}${code === 'physician' ? `, dont ${about.generalists} généraliste${about.generalists > 1 ? 's' : ''}` : ''}`,
              )
              .sort((a, b) => a.localeCompare(b, 'fr'))
              .join('\n'),
          )}
          {line('Thèmes', about.themes.join(', '))}
          {line(
            'Association',
            [
              about.association.name,
              about.association.seat,
              about.association.president && `présidence : ${about.association.president}`,
            ]
              .filter(Boolean)
              .join('\n'),
          )}
          {line(
            'À qui répondre',
            [about.contact.name, about.contact.role, about.contact.mail].filter(Boolean).join(', '),
          )}
        </dl>
        <section aria-label="Composition">
          <h3>Composition</h3>
          <Composition kind={track.kind} about={about} />
        </section>
        {track.may.manage && (
          <div>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<DocumentIcon size={16} />}
              loading={statutes.isPending}
              onClick={() => statutes.mutate()}
            >
              Modèle de statuts de l’association (PDF)
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
