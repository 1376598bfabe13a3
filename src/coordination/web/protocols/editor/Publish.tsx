import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call, Refusal } from '../../../../web/api.ts';
import { sayCount } from '../../../../web/say.ts';
import { SidePanel } from '../../../../web/ui/SidePanel.tsx';
import { Note } from '../../../../web/ui/states.tsx';
import { done } from '../../../../web/ui/undo.tsx';
import { coordinationContract } from '../../../contract.ts';
import { type Checked, type Detail, refreshProtocols } from '../use-protocol.ts';
import { aboutReferences, type Go } from './Outline.tsx';
import type { Editor } from './use-editor.ts';

/** Puts the draft in force: what is still wrong, what one would better mend, and why this edition. */
export function Publish({
  opened,
  editor,
  problems,
  missing,
  onClose,
  go,
}: {
  opened: Detail;
  editor: Editor;
  problems: Checked['problems'];
  missing: ReadonlyMap<string | null, string[]>;
  onClose: () => void;
  go: Go;
}) {
  const navigate = useNavigate();
  const [note, setNote] = useState('');
  const titleOf = (step: string | null) =>
    step === null
      ? 'Protocole'
      : `Étape « ${editor.model.steps.find((one) => one.id === step)?.title || 'sans titre'} »`;
  const errors = [
    ...[...missing].flatMap(([step, words]) => words.map((one) => ({ step, words: one, severity: 'error' as const }))),
    ...problems.filter((one) => one.severity === 'error'),
  ];
  const warnings = problems.filter((one) => one.severity === 'warning');
  const publish = useMutation({
    mutationFn: async () =>
      call(coordinationContract.publishProtocol, {
        params: { id: editor.id },
        body: { version: await editor.flush(), note },
      }),
    onSuccess: (now) => {
      editor.forget();
      void refreshProtocols();
      done(
        `Édition ${now.edition} en vigueur.${now.outdated > 0 ? ` Elle est proposée à ${sayCount(now.outdated, 'patient')} qui suivent la précédente.` : ''}`,
      );
      void navigate({ to: '/coordination/protocoles/$id', params: { id: now.id } });
    },
  });
  const refusal = publish.error instanceof Refusal ? publish.error : null;
  const list = (items: Checked['problems']) => (
    <ul className="plain stack tight">
      {items.map((one) => (
        <li key={`${one.step}${one.words}`}>
          <button
            type="button"
            className="plain-button"
            onClick={() => go(one.step ? `etape:${one.step}` : aboutReferences(one) ? 'references' : 'presentation')}
          >
            <b>{titleOf(one.step)}</b> : {one.words}
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <SidePanel
      title="Mettre en vigueur"
      subtitle={editor.model.title}
      onClose={onClose}
      footer={
        <Button loading={publish.isPending} disabled={errors.length > 0} onClick={() => publish.mutate()}>
          Mettre en vigueur
        </Button>
      }
    >
      <div className="stack">
        {errors.length > 0 && <Note tone="danger">À corriger avant la mise en vigueur :{list(errors)}</Note>}
        {errors.length === 0 && <Note tone="success">Rien n’empêche la mise en vigueur.</Note>}
        {warnings.length > 0 && <Note tone="warning">Il serait mieux de revoir :{list(warnings)}</Note>}
        <Textarea
          data-autofocus
          label="Ce qui change dans cette édition"
          description="Lu par l’équipe, et par ceux à qui l’édition est proposée pour leurs patients."
          autosize
          minRows={3}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <p className="dim small">
          {opened.draftOf
            ? 'L’édition actuelle est remplacée. Les patients qui la suivent continuent avec elle tant qu’un soignant ne prend pas la nouvelle pour eux.'
            : 'Le protocole sera proposé dans les dossiers des patients concernés.'}
        </p>
        {refusal && (
          <Note tone="danger" live>
            {refusal.message}
          </Note>
        )}
      </div>
    </SidePanel>
  );
}
