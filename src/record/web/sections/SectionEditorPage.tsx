import { Button, Menu, MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, failureOf } from '../../../web/api.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { Bone, Failure, Nothing } from '../../../web/ui/states.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import {
  addItem,
  type Answered,
  isAdministrative,
  itemKinds,
  type ItemKind,
  itemsOf,
  newItem,
  professionsOf,
  recordContract,
  sensitiveOf,
  type Sensitivity,
  themeOf,
  themes,
  urls,
  wholeOf,
  withFormExtension,
} from '../../contract.ts';
import { EditionHead, useEdition, useKept } from '../editions/Edition.tsx';
import { ItemEditor } from './ItemEditor.tsx';
import { Questions } from './Questions.tsx';
import { ScoreLine, useScores, wholeScores } from './Scores.tsx';
import { changedSections } from './SectionsPage.tsx';
import css from './sections.module.css';
import { SensitivityField } from '../forms/SensitivityField.tsx';

type Detail = Awaited<ReturnType<typeof read>>;
type Form = Detail['form'];
const read = (section: string) => call(recordContract.section, { params: { section } });

/** `/volets/$section`: a section, changed on the left, tried on the right. */
export default function SectionEditorPage() {
  const { section } = useParams({ strict: false }) as { section: string };
  const query = useQuery({ ...reading(recordContract.section, { params: { section } }), refetchOnWindowFocus: false });
  if (failureOf(query)) return <Failure of={query} />;
  if (!query.data)
    return (
      <div className="page">
        <Bone h={420} />
      </div>
    );
  return <Editor key={`${section}.${query.data.version}`} detail={query.data} />;
}

function Editor({ detail }: { detail: Detail }) {
  const kept = useKept<Form>(`volet:${detail.id}`, detail.version, detail.form);
  const { value: form, set: setForm, dirty } = kept;
  const params = { section: detail.id };
  const edition = useEdition<Detail>(detail, kept, {
    path: '/volets',
    list: 'Volets',
    noun: 'Volet',
    keptBehind: 'ce qui est rempli reste lisible.',
    changed: changedSections,
    change: (version) => call(recordContract.changeSection, { params, body: { version, form } }),
    publish: (section, version) => call(recordContract.publishSection, { params: { section }, body: { version } }),
    retire: (version, back) => call(recordContract.retireSection, { params, body: { version, back } }),
    drop: (version) => call(recordContract.dropSection, { params, body: { version } }),
  });
  const { writes } = edition;
  return (
    <div className="page">
      <EditionHead edition={edition} title={form.title ?? ''} />
      <div className={css.two}>
        <div className="stack loose">
          {writes && <About form={form} set={setForm} />}
          {writes ? <Lines form={form} set={setForm} /> : null}
          {detail.problems.length > 0 && !dirty && (
            <Card title="À corriger" count={detail.problems.length}>
              <ul style={{ padding: '0 16px 12px 32px' }}>
                {detail.problems.map((one) => (
                  <li key={`${one.where} ${one.words}`} className="small">
                    {one.words}
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
        <Preview form={form} />
      </div>
    </div>
  );
}

function About({ form, set }: { form: Form; set: (form: Form) => void }) {
  return (
    <Card title="Le volet">
      <div className="stack" style={{ padding: '0 16px 16px' }}>
        <TextInput
          label="Titre"
          value={form.title ?? ''}
          onChange={(event) => set({ ...form, title: event.currentTarget.value })}
        />
        <Textarea
          label="À quoi il sert"
          autosize
          minRows={1}
          value={form.description ?? ''}
          onChange={(event) => set({ ...form, description: event.currentTarget.value || undefined })}
        />
        <div className={css.pair}>
          <Select
            label="Thème"
            allowDeselect={false}
            data={Object.entries(themes).map(([value, label]) => ({ value, label }))}
            value={themeOf(form)}
            onChange={(theme) => theme && set(withFormExtension(form, urls.theme, [{ valueCode: theme }]))}
          />
          <SensitivityField
            value={(sensitiveOf(form) as Sensitivity | undefined) ?? null}
            onChange={(code) => set(withFormExtension(form, urls.sensitive, code ? [{ valueCode: code }] : []))}
          />
        </div>
        <MultiSelect
          label="Professions qui le remplissent le plus"
          description="Il leur est proposé d’abord ; il reste ouvert à toutes."
          searchable
          data={professionChoices}
          value={professionsOf(form)}
          onChange={(codes) =>
            set(
              withFormExtension(
                form,
                urls.profession,
                codes.map((valueCode) => ({ valueCode })),
              ),
            )
          }
        />
        <Switch
          label="Rien de médical : le secrétariat le remplit et le lit"
          checked={isAdministrative(form)}
          onChange={(event) =>
            set(
              withFormExtension(form, urls.administrative, event.currentTarget.checked ? [{ valueBoolean: true }] : []),
            )
          }
        />
      </div>
    </Card>
  );
}

function Lines({ form, set }: { form: Form; set: (form: Form) => void }) {
  const add = (into: string | null, kind: ItemKind) => set(addItem(form, into, newItem(form, kind)));
  return (
    <Card
      title="Questions"
      count={[...itemsOf(form.item)].filter(({ item }) => item.type !== 'group' && item.type !== 'display').length}
    >
      <div className="stack" style={{ padding: '0 16px 16px' }}>
        {(form.item ?? []).length === 0 && <Nothing>Ajoutez une première partie ou une première question.</Nothing>}
        {(form.item ?? []).map((item) => (
          <ItemEditor key={item.linkId} form={form} item={item} set={set} add={add} depth={0} />
        ))}
        <AddMenu add={(kind) => add(null, kind)} label="Ajouter" />
      </div>
    </Card>
  );
}
export function AddMenu({ add, label }: { add: (kind: ItemKind) => void; label: string }) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-md" variant="default" leftSection={<PlusIcon size={15} />} style={{ alignSelf: 'start' }}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.entries(itemKinds) as [ItemKind, string][]).map(([kind, words]) => (
          <Menu.Item key={kind} onClick={() => add(kind)}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** As it will be filled: conditions and scores are alive, nothing is kept. */
function Preview({ form }: { form: Form }) {
  const [answered, setAnswered] = useState<Answered[]>([]);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const scores = useScores(form, answered, null);
  const wholes = wholeScores(form).filter(({ linkId }) => scores.has(linkId));
  return (
    <section aria-label="Essai du volet" className={css.side}>
      <Card
        title="Essai"
        action={
          answered.length > 0 && (
            <Button size="compact-sm" variant="subtle" onClick={() => setAnswered([])}>
              Effacer
            </Button>
          )
        }
      >
        <div className="stack loose" style={{ padding: '0 16px 16px' }}>
          <p className="small dim">{professionsOf(form).map(professionLabel).join(', ') || 'Toutes les professions'}</p>
          {wholes.length > 0 && (
            <div className={css.scores} role="status">
              {wholes.map((item) => (
                <ScoreLine key={item.linkId} item={item} value={scores.get(item.linkId)} curve={[]} />
              ))}
            </div>
          )}
          <div className={css.form}>
            <Questions
              items={form.item}
              answered={answered}
              onChange={setAnswered}
              asking={{
                patient: null,
                place: wholeOf(form, answered),
                scores,
                curve: () => [],
                errors: {},
                from: {},
                typed,
                type: (key, words) => setTyped((now) => ({ ...now, [key]: words })),
                waits: () => undefined,
              }}
            />
          </div>
        </div>
      </Card>
    </section>
  );
}
