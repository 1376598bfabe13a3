import { Button, Radio, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, reading, failureOf } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { Failure, ListBones, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { recordContract } from '../../contract.ts';
import { readAgain } from './DuplicatesPage.tsx';
import css from './merge.module.css';

/** Two identities side by side, and the two answers: one person, or two. */
export function PairView({ one, other, onClose }: { one: string; other: string; onClose: () => void }) {
  const query = useQuery(reading(recordContract.duplicatePair, { params: { one, other } }));
  const [chosen, choose] = useState<string>();
  const [reason, setReason] = useState('');
  const page = query.data;
  const kept = chosen ?? page?.suggested;
  const apart = useMutation({
    mutationFn: () => call(recordContract.setApart, { params: { one, other } }),
    onSuccess: () => {
      onClose();
      void readAgain();
      done('C’est noté : cette paire ne sera plus proposée.', () =>
        call(recordContract.bringTogether, { params: { one, other } }).then(readAgain),
      );
    },
    onError: failed,
  });
  const merge = useMutation({
    mutationFn: () => {
      const stays = page!.sides.find((side) => side.patient.id === kept)!;
      const leaves = page!.sides.find((side) => side.patient.id !== kept)!;
      return call(recordContract.mergeRecords, {
        body: {
          kept: stays.patient.id,
          gone: leaves.patient.id,
          keptVersion: stays.version,
          goneVersion: leaves.version,
          reason: reason || null,
        },
      });
    },
    onSuccess: ({ id, moved }) => {
      onClose();
      void readAgain();
      done(
        `Dossiers réunis : ${moved} élément${moved > 1 ? 's ont' : ' a'} suivi.`,
        () => call(recordContract.separateRecords, { params: { merge: id }, body: {} }).then(readAgain),
        'Dossiers séparés : rien n’a changé.',
      );
    },
    onError: (error) => {
      failed(error);
      void query.refetch();
    },
  });
  if (failureOf(query)) return <Failure of={query} />;
  if (!page) return <ListBones rows={10} />;
  const blocked = page.refused ?? (page.apart ? 'Il est noté que ce ne sont pas les mêmes personnes.' : null);
  return (
    <Card title="Est-ce la même personne ?" className={css.pair}>
      <div className="pad stack" style={{ gap: 14 }}>
        <span className="row wrap" style={{ gap: 4 }}>
          {page.reasons.map((reason) => (
            <Tag key={reason}>{reason}</Tag>
          ))}
        </span>
        {blocked && <Note tone="danger">{blocked}</Note>}
        {page.warnings.length > 0 && (
          <Note tone="warning">{page.warnings.join(' ')} Vérifiez avant de réunir ces dossiers.</Note>
        )}
        <Radio.Group
          value={kept ?? null}
          onChange={choose}
          label="L’identité qui reste"
          description="L’autre devient une ancienne identité : tout ce qui la nomme passe dans le dossier qui reste."
        >
          <div className={css.sides}>
            {page.sides.map((side) => (
              <section key={side.patient.id} className={css.side} aria-label={side.patient.name}>
                <Radio
                  value={side.patient.id}
                  disabled={!!blocked || side.mayNotStay !== null}
                  label={<span className="strong">{side.patient.name}</span>}
                  description={side.mayNotStay ?? undefined}
                />
                <dl className={css.traits}>
                  {side.traits.map((trait) => (
                    <div key={trait.label} data-differs={!trait.same || undefined}>
                      <dt>{trait.label}</dt>
                      <dd>
                        {trait.value || '—'} {!trait.same && <span className="vh">(diffère)</span>}
                      </dd>
                    </div>
                  ))}
                  <div>
                    <dt>Dans le dossier</dt>
                    <dd>
                      {side.total === 0
                        ? 'rien'
                        : side.counts.map((each) => `${each.label} : ${each.count}`).join(', ')}
                    </dd>
                  </div>
                </dl>
              </section>
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label="Motif (facultatif)"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className="row wrap" style={{ gap: 8 }}>
          <Button disabled={!!blocked} loading={merge.isPending} onClick={() => merge.mutate()}>
            Réunir les deux dossiers
          </Button>
          <Button variant="default" disabled={page.apart} loading={apart.isPending} onClick={() => apart.mutate()}>
            Ce ne sont pas les mêmes
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Fermer
          </Button>
        </div>
      </div>
    </Card>
  );
}
