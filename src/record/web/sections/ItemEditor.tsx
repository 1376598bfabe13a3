import { ActionIcon, Button, MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Tag } from '../../../web/ui/bits.tsx';
import { DownIcon, RemoveIcon, UpIcon } from '../../../web/ui/icons.ts';
import { done } from '../../../web/ui/undo.tsx';
import {
  bandsText,
  controlOf,
  helpOf,
  type Item,
  itemKinds,
  type ItemKind,
  itemsOf,
  kindOfItem,
  loincOf,
  measures,
  movedItem,
  optionsText,
  reachChoices,
  summedBy,
  unitOf,
  withBands,
  withHelp,
  withItem,
  withMeasure,
  withOptions,
  withPoints,
  withSum,
  withUnit,
} from '../../contract.ts';
import { Conditions } from './Conditions.tsx';
import { AddMenu } from './SectionEditorPage.tsx';
import css from './sections.module.css';

type Form = Parameters<typeof withItem>[0];
interface Props {
  form: Form;
  item: Item;
  set: (form: Form) => void;
  add: (into: string | null, kind: ItemKind) => void;
  depth: number;
}

/** One line of the section: its words at once, the rest on demand. */
export function ItemEditor({ form, item, set, add, depth }: Props) {
  const [open, setOpen] = useState(false);
  const kind = kindOfItem(item);
  const change = (next: (item: Item) => Item) => set(withItem(form, item.linkId, next));
  const group = item.type === 'group';
  const name = item.text || itemKinds[kind];
  const leave = () => {
    const before = form;
    set(withItem(form, item.linkId, () => null));
    done(`« ${name} » est retiré.`, () => set(before), 'Remis.');
  };
  const head = (
    <div className={css.line}>
      <TextInput
        className="grow"
        aria-label={`Texte : ${itemKinds[kind].toLowerCase()}`}
        value={item.text ?? ''}
        onChange={(event) => {
          const text = event.currentTarget.value;
          change((one) => ({ ...one, text }));
        }}
      />
      <Tag>{itemKinds[kind]}</Tag>
      <span className="row" style={{ gap: 0 }}>
        <ActionIcon
          variant="subtle"
          aria-label={`Monter : ${name}`}
          onClick={() => set(movedItem(form, item.linkId, -1))}
        >
          <UpIcon size={15} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          aria-label={`Descendre : ${name}`}
          onClick={() => set(movedItem(form, item.linkId, 1))}
        >
          <DownIcon size={15} />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={`Retirer : ${name}`} onClick={leave}>
          <RemoveIcon size={15} />
        </ActionIcon>
      </span>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-expanded={open}
        aria-label={`Régler : ${name}`}
        onClick={() => setOpen(!open)}
      >
        Régler
      </Button>
    </div>
  );
  return (
    <div className={group ? css.row : css.item}>
      {head}
      {open && <Details form={form} item={item} kind={kind} change={change} />}
      {group && (
        <>
          {item.item
            ?.filter((one) => controlOf(one) !== 'help')
            .map((one) => (
              <ItemEditor key={one.linkId} form={form} item={one} set={set} add={add} depth={depth + 1} />
            ))}
          {depth < 4 && <AddMenu add={(which) => add(item.linkId, which)} label={`Ajouter dans « ${name} »`} />}
        </>
      )}
    </div>
  );
}

/** Text areas of lines keep what is typed; what it says is read each time. */
function LinesArea({
  label,
  description,
  value,
  onChange,
}: {
  label: string;
  description: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  return (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={3}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(event.currentTarget.value);
      }}
    />
  );
}
function Details({
  form,
  item,
  kind,
  change,
}: {
  form: Form;
  item: Item;
  kind: ItemKind;
  change: (next: (item: Item) => Item) => void;
}) {
  const sums = kind === 'sum' ? summedBy(item) : null;
  const summable = kind === 'sum' ? withPoints(form, item.linkId) : [];
  return (
    <div className={css.details}>
      {kind !== 'words' && (
        <TextInput
          label="Aide affichée sous la question"
          value={helpOf(item)}
          onChange={(event) => {
            const words = event.currentTarget.value;
            change((one) => withHelp(one, words));
          }}
        />
      )}
      {(kind === 'choice' || kind === 'choices') && (
        <LinesArea
          label="Réponses, une par ligne"
          description="Ajoutez « = 2 » pour donner des points à une réponse."
          value={optionsText(item)}
          onChange={(text) => change((one) => withOptions(one, text))}
        />
      )}
      {kind === 'measure' && (
        <Select
          label="Mesure"
          searchable
          allowDeselect={false}
          data={measures
            .filter(({ components }) => !components)
            .map(({ code, label, shown }) => ({ value: code, label: `${label} (${shown})` }))}
          value={loincOf(item) ?? null}
          onChange={(code) => code && change((one) => withMeasure(one, code))}
        />
      )}
      {kind === 'number' && (
        <TextInput
          label="Unité"
          placeholder="aucune"
          value={unitOf(item)?.display ?? ''}
          onChange={(event) => {
            const shown = event.currentTarget.value;
            change((one) => withUnit(one, shown));
          }}
          w={160}
        />
      )}
      {kind === 'sum' && sums === null && (
        <p className="small dim">Ce score est une formule apportée avec le volet : elle reste telle quelle.</p>
      )}
      {kind === 'sum' && sums !== null && (
        <MultiSelect
          label="Additionne les points de"
          searchable
          placeholder={summable.length ? undefined : 'Aucune question n’a de points'}
          data={reachChoices(summable)}
          value={sums}
          onChange={(of) => change((one) => withSum(one, of))}
        />
      )}
      {kind === 'sum' && (
        <LinesArea
          label="Ce que le score veut dire, une ligne par seuil"
          description="Par exemple « 4 = Risque élevé (rouge) » : vert, orange, rouge ou gris."
          value={bandsText(item)}
          onChange={(text) => change((one) => withBands(one, text))}
        />
      )}
      {item.type !== 'group' && kind !== 'words' && kind !== 'sum' && (
        <Switch
          label="Réponse attendue pour signer"
          checked={item.required === true}
          onChange={(event) => {
            const required = event.currentTarget.checked;
            change(({ required: _, ...one }) => (required ? { ...one, required } : one));
          }}
        />
      )}
      <Conditions form={form} item={item} change={change} />
      <p className="tiny dim">Identifiant : {[...itemsOf([item])][0]!.item.linkId}</p>
    </div>
  );
}
