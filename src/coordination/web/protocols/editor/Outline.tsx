import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { Kbd } from '../../../../web/ui/bits.tsx';
import { CopyIcon, DangerIcon, DownIcon, PlusIcon, RemoveIcon, UpIcon, WarningIcon } from '../../../../web/ui/icons.ts';
import { useKeys } from '../../../../web/ui/keys.ts';
import { done } from '../../../../web/ui/undo.tsx';
import { professionLabel } from '../../../../web/words.ts';
import type { ProtocolModel, ProtocolStep } from '../../../contract.ts';
import type { Checked } from '../use-protocol.ts';
import { sayWhen } from '../words.ts';
import css from './editor.module.css';
import { addStep, duplicateStep, moveStep, removeStep } from './edit.rules.ts';

export type Change = (next: (model: ProtocolModel) => ProtocolModel) => void;
export type Go = (part: string, focus?: boolean) => void;

/** What the check says of sources and of the date of review stands with them; the rest with the presentation. */
export const aboutReferences = ({ words }: Checked['problems'][number]): boolean => /source|relecture/i.test(words);

/** Takes a step away, and for ten seconds gives it back. */
export function takeAway(change: Change, step: ProtocolStep) {
  let back: (now: ProtocolModel) => ProtocolModel = (now) => now;
  let followers = 0;
  change((model) => {
    const removed = removeStep(model, step.id);
    ({ back, followers } = removed);
    return removed.model;
  });
  const words =
    followers > 0
      ? ` ${followers > 1 ? `${followers} étapes qui la suivaient partent` : 'L’étape qui la suivait part'} de celle d’avant.`
      : '';
  done(`Étape supprimée.${words}`, () => change((now) => back(now)), 'Étape remise.');
}

/** The protocol at a glance: its parts, its steps in order. Arrows move, Alt and arrows displace, Suppr removes; steps are also dragged. */
export function Outline({
  model,
  part,
  problems,
  missing,
  change,
  go,
}: {
  model: ProtocolModel;
  part: string;
  problems: Checked['problems'];
  missing: ReadonlyMap<string | null, string[]>;
  change: Change;
  go: Go;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<number | null>(null);
  /** Where the hand is now: what is on screen comes a moment later, and on a slow machine after the hand has let go. */
  const place = useRef<number | null>(null);
  const hover = (at: number | null) => {
    place.current = at;
    setOver(at);
  };
  const chosen = model.steps.findIndex((step) => `etape:${step.id}` === part);
  const focusStep = (id: string) =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-step="${id}"]`)?.focus());
  const add = () => {
    let id = '';
    change((now) => {
      const made = addStep(now, chosen >= 0 ? chosen : now.steps.length - 1);
      id = made.id;
      return made.model;
    });
    go(`etape:${id}`);
  };
  useKeys({ n: add });

  const move = (id: string, to: number) => {
    change((now) => moveStep(now, id, to));
    focusStep(id);
  };
  const onKey = (event: KeyboardEvent, step: ProtocolStep, at: number) => {
    const up = event.key === 'ArrowUp';
    if (up || event.key === 'ArrowDown') {
      if (event.altKey) move(step.id, at + (up ? -1 : 1));
      else {
        const next = model.steps[at + (up ? -1 : 1)];
        if (next) {
          go(`etape:${next.id}`, false);
          focusStep(next.id);
        }
      }
      event.preventDefault();
    } else if (event.key === 'Delete') {
      takeAway(change, step);
      const next = model.steps[at + 1] ?? model.steps[at - 1];
      if (next) {
        go(`etape:${next.id}`, false);
        focusStep(next.id);
      } else go('presentation');
      event.preventDefault();
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const to = place.current;
    if (dragged !== null && to !== null) {
      const from = model.steps.findIndex((step) => step.id === dragged);
      move(dragged, to > from ? to - 1 : to);
    }
    setDragged(null);
    hover(null);
  };
  const worst = (list: Checked['problems']) =>
    list.some((one) => one.severity === 'error') ? ('error' as const) : list.length > 0 ? ('warning' as const) : null;
  const ofStep = (id: string) =>
    worst(problems.filter((one) => one.step === id)) ?? (missing.has(id) ? ('unfinished' as const) : null);
  const ofWhole = (references: boolean) =>
    worst(problems.filter((one) => one.step === null && aboutReferences(one) === references));
  return (
    <nav className={css.outline} aria-label="Plan du protocole">
      <Part
        part="presentation"
        label="Présentation"
        on={part === 'presentation'}
        mark={missing.has(null) ? 'error' : ofWhole(false)}
        go={go}
      />
      <div className={css.stepsHead}>
        <span>Étapes</span>
        <span className="dim num">{model.steps.length || ''}</span>
      </div>
      <div className={css.acts}>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<PlusIcon size={15} />}
          rightSection={<Kbd>N</Kbd>}
          onClick={add}
        >
          Ajouter une étape
        </Button>
        {chosen >= 0 && (
          <span className="row" style={{ gap: 2 }}>
            <Small
              label="Monter l’étape"
              keys="Alt ↑"
              icon={UpIcon}
              disabled={chosen === 0}
              onClick={() => move(model.steps[chosen]!.id, chosen - 1)}
            />
            <Small
              label="Descendre l’étape"
              keys="Alt ↓"
              icon={DownIcon}
              disabled={chosen === model.steps.length - 1}
              onClick={() => move(model.steps[chosen]!.id, chosen + 1)}
            />
            <Small
              label="Dupliquer l’étape"
              icon={CopyIcon}
              onClick={() => {
                let id = '';
                change((now) => {
                  const made = duplicateStep(now, model.steps[chosen]!.id);
                  id = made.id;
                  return made.model;
                });
                go(`etape:${id}`);
              }}
            />
            <Small
              label="Supprimer l’étape"
              keys="Suppr"
              icon={RemoveIcon}
              onClick={() => {
                const next = model.steps[chosen + 1] ?? model.steps[chosen - 1];
                takeAway(change, model.steps[chosen]!);
                go(next ? `etape:${next.id}` : 'presentation', false);
              }}
            />
          </span>
        )}
      </div>
      {model.steps.length === 0 && (
        <p className={`${css.hint} dim small`}>Une étape dit ce qui est fait, par qui, et quand.</p>
      )}
      <ol ref={list} className="plain" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        {model.steps.map((step, at) => (
          <li
            key={step.id}
            className={css.item}
            data-on={at === chosen || undefined}
            data-over={over === at || undefined}
            data-last-over={(over === model.steps.length && at === model.steps.length - 1) || undefined}
            data-dragged={dragged === step.id || undefined}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(step.id);
            }}
            onDragEnd={() => {
              setDragged(null);
              hover(null);
            }}
            onDragOver={(event) => {
              const box = event.currentTarget.getBoundingClientRect();
              hover(event.clientY < box.top + box.height / 2 ? at : at + 1);
            }}
          >
            <span className={css.handle} aria-hidden title="Glisser pour déplacer">
              ⠿
            </span>
            <button
              type="button"
              data-step={step.id}
              className={css.itemButton}
              aria-current={at === chosen ? 'step' : undefined}
              onClick={() => go(`etape:${step.id}`, false)}
              onKeyDown={(event) => onKey(event, step, at)}
            >
              <span className={css.rank} aria-hidden>
                {at + 1}
              </span>
              <span className="grow">
                <span className={`${css.itemTitle} clip`}>
                  {step.title || <em className="dim">Étape sans titre</em>}
                </span>
                <span className="dim tiny clip" style={{ display: 'block' }}>
                  {[step.roles[0] && professionLabel(step.roles[0]), sayWhen(step, model.steps, { short: true })]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <Mark mark={ofStep(step.id)} />
            </button>
          </li>
        ))}
      </ol>
      <Part
        part="alertes"
        label="Signes d’alerte"
        count={model.alerts.length}
        on={part === 'alertes'}
        mark={null}
        go={go}
      />
      <Part
        part="references"
        label="Documents et sources"
        count={model.documents.length + model.sources.length}
        on={part === 'references'}
        mark={ofWhole(true)}
        go={go}
      />
    </nav>
  );
}

type Worst = 'error' | 'warning' | 'unfinished' | null;
const Mark = ({ mark }: { mark: Worst }) =>
  mark === 'unfinished' ? (
    <span className="dim tiny">à finir</span>
  ) : mark === 'error' ? (
    <DangerIcon size={15} className="danger" aria-label="à corriger" />
  ) : mark === 'warning' ? (
    <WarningIcon size={15} className="warning" aria-label="à revoir" />
  ) : null;

function Part({
  part,
  label,
  count,
  on,
  mark,
  go,
}: {
  part: string;
  label: string;
  count?: number;
  on: boolean;
  mark: Worst;
  go: Go;
}) {
  return (
    <div className={css.item} data-on={on || undefined}>
      <button
        type="button"
        className={css.itemButton}
        aria-current={on ? 'step' : undefined}
        onClick={() => go(part, false)}
      >
        <span className="grow strong">{label}</span>
        {!!count && <span className="dim num small">{count}</span>}
        <Mark mark={mark} />
      </button>
    </div>
  );
}
function Small({
  label,
  keys,
  icon: Icon,
  disabled,
  onClick,
}: {
  label: string;
  keys?: string;
  icon: typeof UpIcon;
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip label={keys ? `${label} (${keys})` : label}>
      <ActionIcon size="md" aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
