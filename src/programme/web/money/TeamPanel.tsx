import { Button, NumberInput, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { programmeContract, scaled } from '../../contract.ts';
import own from './money.module.css';
import { changedMoney, type Detail, typedNumber } from './words.ts';

/** The persons who are counted, the subscription that is retained, and why they change. */
export function TeamPanel({ project, detail, onClose }: { project: string; detail: Detail; onClose: () => void }) {
  const { team } = detail;
  const [members, setMembers] = useState(team.members);
  const [price, setPrice] = useState(team.typedCents === null ? '' : typedNumber(team.typedCents, 2));
  const [facts, setFacts] = useState<Record<string, boolean>>(
    Object.fromEntries(team.facts.flatMap((one) => (one.value === null ? [] : [[one.id, one.value]]))),
  );
  const [reason, setReason] = useState('');
  const [all, setAll] = useState(false);
  const cents = price.trim() === '' ? null : scaled(price, 2);
  const body = (
    seen: number,
    given: { members: Record<string, number>; subscriptionCents: number | null; facts: Record<string, boolean> },
    why: string,
  ) => call(programmeContract.countTeam, { params: { project }, body: { seen, ...given, reason: why } });
  const before = {
    members: team.members,
    subscriptionCents: team.typedCents,
    facts: Object.fromEntries(team.facts.flatMap((one) => (one.value === null ? [] : [[one.id, one.value]]))),
  };
  const save = useMutation({
    mutationFn: () => body(team.version, { members, subscriptionCents: cents ?? null, facts }, reason),
    onSuccess: () => {
      changedMoney();
      done(
        'Composition changée : le plafond est recalculé.',
        () => body(team.version + 1, before, 'Changement annulé aussitôt.').then(changedMoney),
        'Composition remise.',
      );
      onClose();
    },
    onError: (error) => error instanceof Refusal && error.status === 409 && changedMoney(),
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const shown = professionChoices.filter(
    ({ value }) => value !== 'administrator' && (all || (members[value] ?? 0) > 0 || (team.applied[value] ?? 0) > 0),
  );
  return (
    <PanelForm
      title="Composition de l’équipe"
      subtitle="Les personnes comptées dans le calcul"
      verb="Changer la composition"
      pending={save.isPending}
      ready={reason.trim().length >= 10 && cents !== undefined}
      refusal={refusal}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <div className={own.people}>
        {shown.map(({ value, label }) => (
          <NumberInput
            key={value}
            label={label}
            description={
              (team.applied[value] ?? 0) !== (members[value] ?? 0)
                ? `candidature : ${team.applied[value] ?? 0}`
                : undefined
            }
            min={0}
            max={500}
            allowDecimal={false}
            allowNegative={false}
            value={members[value] ?? 0}
            onChange={(count) => setMembers({ ...members, [value]: Number(count) || 0 })}
          />
        ))}
      </div>
      {!all && (
        <div>
          <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
            Toutes les professions
          </Button>
        </div>
      )}
      <TextInput
        label="Abonnement par mois et par personne, TTC"
        description="Vide : celui des devis validés."
        value={price}
        error={cents === undefined ? 'Un montant, comme 29,90' : undefined}
        onChange={(event) => setPrice(event.currentTarget.value)}
        inputMode="decimal"
      />
      {team.facts.map((one) => (
        <div key={one.id} className="row wrap between">
          <span id={`fait-${one.id}`} className="small">
            {one.label}
          </span>
          <SegmentedControl
            aria-labelledby={`fait-${one.id}`}
            size="sm"
            value={one.id in facts ? (facts[one.id] ? 'oui' : 'non') : ''}
            onChange={(value) => setFacts({ ...facts, [one.id]: value === 'oui' })}
            data={[
              { value: 'oui', label: 'Oui' },
              { value: 'non', label: 'Non' },
            ]}
          />
        </div>
      ))}
      <Textarea
        label="Motif"
        autosize
        minRows={2}
        value={reason}
        error={refusal?.fields.reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        placeholder="Par exemple : un masseur-kinésithérapeute a rejoint l’équipe."
      />
    </PanelForm>
  );
}
