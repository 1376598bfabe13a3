import { Button, Checkbox, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../web/api.ts';
import { useDraft } from '../../../web/drafts.ts';
import { DraftWords } from '../../../web/ui/PanelForm.tsx';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { recordContract, type SummaryView, sensitivityLabels, type Written } from '../../contract.ts';
import { refresh, useSeen } from '../use-record.ts';
import { ReasonField } from '../forms/ReasonField.tsx';

interface PanelProps {
  patient: string;
  view: SummaryView;
  onClose: () => void;
  onDone: (written: Written) => void;
}
const refOf = (line: { type: string; id: string }): string => `${line.type}/${line.id}`;

/** What is signed, and which sensitive entries go with it: none unless ticked. */
export function SignPanel({ patient, view, onClose, onDone }: PanelProps) {
  const [ticked, setTicked] = useState<string[]>([]);
  const sign = useMutation({
    mutationFn: () =>
      call(recordContract.signSummary, {
        params: { patient, id: view.id },
        body: { seal: view.seal, sensitive: ticked },
      }),
    onSuccess: onDone,
    onError: () => void refresh(patient),
  });
  const left = view.sections.flatMap(({ lines }) => lines).filter((line) => line.left);
  return (
    <SidePanel
      title="Signer la synthèse"
      onClose={onClose}
      footer={
        <Button loading={sign.isPending} onClick={() => sign.mutate()}>
          Signer la synthèse
        </Button>
      }
    >
      <div className="stack loose">
        <p>
          Ce que vous avez vérifié est gardé tel quel, avec votre nom et la date. La synthèse précédente reste lisible.
        </p>
        {left.length > 0 && <p className="small dim">Laissé de côté : {left.map(({ label }) => label).join(', ')}.</p>}
        {view.sensitive.length > 0 && (
          <Checkbox.Group
            label="Informations sensibles"
            description="Absentes sauf si vous les cochez. La synthèse ne sera alors lue que par ceux qui ont accès à ces informations."
            value={ticked}
            onChange={setTicked}
          >
            <div className="stack" style={{ marginTop: 8 }}>
              {view.sensitive.map((line) => (
                <Checkbox
                  key={refOf(line)}
                  value={refOf(line)}
                  label={`${line.label} (${line.section.toLowerCase()}${line.sensitive ? `, ${sensitivityLabels[line.sensitive].toLowerCase()}` : ''})`}
                />
              ))}
            </div>
          </Checkbox.Group>
        )}
        {sign.error && <Note tone="danger">{sign.error.message}</Note>}
      </div>
    </SidePanel>
  );
}

interface Correction {
  words: Record<string, string>;
  /** Lines taken out. */
  leave: string[];
  reason: string;
}
const nothingCorrected: Correction = { words: {}, leave: [], reason: '' };

/** Corrects the one in force: my words, lines taken out, and why. */
export function AmendPanel({ patient, view: newest, onClose, onDone }: PanelProps) {
  const [view, refused] = useSeen(newest);
  const [told, tell] = useState(false);
  const draft = useDraft<Correction>(
    `synthese:${patient}:${view.id}`,
    { patient, form: 'synthese', label: 'Correction de la synthèse médicale' },
    nothingCorrected,
    view.version,
  );
  const { words, leave, reason } = draft.values;
  const amend = useMutation({
    mutationFn: () =>
      call(recordContract.amendSummary, {
        params: { patient, id: view.id },
        body: { version: told ? view.version : (draft.seen ?? view.version), reason, words, leave },
      }),
    onSuccess: (written) => {
      draft.clear();
      onDone(written);
    },
    onError: () => {
      refused();
      tell(true);
      void refresh(patient);
    },
  });
  return (
    <SidePanel
      title="Corriger la synthèse"
      onClose={onClose}
      wide
      footer={
        <>
          <Button
            loading={amend.isPending}
            disabled={reason.trim().length < 3 || (leave.length === 0 && Object.keys(words).length === 0)}
            onClick={() => amend.mutate()}
          >
            Corriger
          </Button>
          <DraftWords state={draft.state} drop={draft.clear} />
        </>
      }
    >
      <div className="stack loose">
        <p className="small dim">
          Les lignes gardent la version signée. Pour reprendre ce qui a changé au dossier, préparez la suivante.
        </p>
        <ReasonField required value={reason} onChange={(typed) => draft.set({ reason: typed })} />
        {view.sections.map((section) => (
          <fieldset key={section.code} className="plain stack">
            <legend className="strong">{section.title}</legend>
            {section.lines
              .filter((line) => !line.fixed)
              .map((line) => (
                <Checkbox
                  key={refOf(line)}
                  label={line.label}
                  aria-label={`Garder : ${line.label}`}
                  checked={!leave.includes(refOf(line))}
                  onChange={(event) =>
                    draft.set({
                      leave: event.currentTarget.checked
                        ? leave.filter((one) => one !== refOf(line))
                        : [...leave, refOf(line)],
                    })
                  }
                />
              ))}
            <Textarea
              aria-label={`Votre complément : ${section.title}`}
              placeholder="Votre complément"
              autosize
              minRows={1}
              value={words[section.code] ?? section.words.find((one) => one.by.me)?.text ?? ''}
              onChange={(event) => draft.set({ words: { ...words, [section.code]: event.currentTarget.value } })}
            />
          </fieldset>
        ))}
        {amend.error && <Note tone="danger">{amend.error.message}</Note>}
      </div>
    </SidePanel>
  );
}
