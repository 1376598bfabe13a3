import { Button, Menu, MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call, reading, Refusal } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { PlusIcon } from '../../../web/ui/icons.ts';
import { Bone, ErrorState, Note, Nothing } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { addItem, type Answered, isAdministrative, itemKinds, type ItemKind, itemsOf, newItem, professionsOf, recordContract, sensitiveOf, themeOf, themes, urls, wholeOf, withFormExtension } from '../../contract.ts';
import { sensitivityChoices } from '../forms/choices.ts';
import { ItemEditor } from './ItemEditor.tsx';
import { Questions } from './Questions.tsx';
import { ScoreLine, useScores, wholeScores } from './Scores.tsx';
import { changedSections, SectionTag } from './SectionsPage.tsx';
import css from './sections.module.css';

type Detail = Awaited<ReturnType<typeof read>>;
type Form = Detail['form'];
const read = (section: string) => call(recordContract.section, { params: { section } });
const shadow = (id: string) => `estran-draft:volet:${id}`;

/** `/volets/$section`: a section, changed on the left, tried on the right. */
export default function SectionEditorPage() {
  const { section } = useParams({ strict: false }) as { section: string };
  const query = useQuery({ ...reading(recordContract.section, { params: { section } }), refetchOnWindowFocus: false });
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="page">
        <Bone h={420} />
      </div>
    );
  return <Editor key={`${section}.${query.data.version}`} detail={query.data} />;
}

function Editor({ detail }: { detail: Detail }) {
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>(() => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(shadow(detail.id)) ?? 'null') as { version: number; form: Form } | null;
      return kept?.version === detail.version ? kept.form : detail.form;
    } catch {
      return detail.form;
    }
  });
  const dirty = form !== detail.form;
  useEffect(() => {
    if (dirty) sessionStorage.setItem(shadow(detail.id), JSON.stringify({ version: detail.version, form }));
    else sessionStorage.removeItem(shadow(detail.id));
  }, [dirty, detail.id, detail.version, form]);
  const went = (next: Detail) => {
    sessionStorage.removeItem(shadow(detail.id));
    changedSections();
    if (next.id !== detail.id) void navigate({ to: `/volets/${next.id}` as string });
  };
  const params = { section: detail.id };
  const save = useMutation({ mutationFn: () => call(recordContract.changeSection, { params, body: { version: detail.version, form } }), onSuccess: (next) => { went(next); done('Brouillon enregistré.'); } });
  const publish = useMutation({
    mutationFn: async () => {
      const saved = dirty ? await call(recordContract.changeSection, { params, body: { version: detail.version, form } }) : detail;
      return call(recordContract.publishSection, { params: { section: saved.id }, body: { version: saved.version } });
    },
    onSuccess: (next) => { went(next); done(`« ${next.title} » est en service, édition ${next.edition}.`); },
  });
  const retire = useMutation({
    mutationFn: (back: boolean) => call(recordContract.retireSection, { params, body: { version: detail.version, back } }),
    onSuccess: (next) => { went(next); done(next.status === 'retired' ? 'Volet retiré : ce qui est rempli reste lisible.' : 'Volet remis en service.'); },
    onError: failed,
  });
  const drop = useMutation({ mutationFn: () => call(recordContract.dropSection, { params, body: { version: detail.version } }), onSuccess: () => { changedSections(); void navigate({ to: '/volets' as string }); done('Brouillon jeté.'); }, onError: failed });
  const writes = detail.writes && detail.status !== 'retired';
  const refusal = save.error ?? publish.error;
  return (
    <div className="page">
      <title>{`${form.title ?? 'Volet'} · Volets · Estran`}</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px', minWidth: 0 }}>
          <p className="small">
            <Link to={'/volets' as string}>Volets</Link>
          </p>
          <h1>{form.title || 'Sans titre'}</h1>
          <p className="row wrap">
            <SectionTag status={detail.status} />
            {detail.edition && <span className="dim small">édition {detail.edition}</span>}
            {detail.shipped && <Tag>livré avec le produit</Tag>}
            {dirty && <Tag tone="warning">modifié, non enregistré</Tag>}
          </p>
        </div>
        {detail.writes && (
          <div className="row wrap">
            {detail.status === 'retired' ? (
              <Button variant="default" loading={retire.isPending} onClick={() => retire.mutate(true)}>
                Remettre en service
              </Button>
            ) : (
              <>
                {detail.status === 'active' && !dirty && (
                  <Button variant="subtle" loading={retire.isPending} onClick={() => retire.mutate(false)}>
                    Retirer
                  </Button>
                )}
                {detail.status === 'draft' && (
                  <Button variant="subtle" loading={drop.isPending} onClick={() => drop.mutate()}>
                    Jeter le brouillon
                  </Button>
                )}
                <Button variant="default" disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>
                  Enregistrer {detail.status === 'active' ? 'un brouillon' : ''}
                </Button>
                <Button disabled={!dirty && detail.status !== 'draft'} loading={publish.isPending} onClick={() => publish.mutate()}>
                  Mettre en service
                </Button>
              </>
            )}
          </div>
        )}
      </header>
      {refusal && (
        <div style={{ marginBottom: 16 }}>
          <Note tone="danger" live>
            {refusal instanceof Refusal ? refusal.message : 'Le volet n’a pas pu être enregistré. Votre saisie reste sur cet écran.'}
          </Note>
        </div>
      )}
      {detail.draft && (
        <div style={{ marginBottom: 16 }}>
          <Note>
            Un brouillon de ce volet est ouvert. <Link to={`/volets/${detail.draft}` as string}>Le continuer</Link>
          </Note>
        </div>
      )}
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
        <TextInput label="Titre" value={form.title ?? ''} onChange={(event) => set({ ...form, title: event.currentTarget.value })} />
        <Textarea label="À quoi il sert" autosize minRows={1} value={form.description ?? ''} onChange={(event) => set({ ...form, description: event.currentTarget.value || undefined })} />
        <div className={css.pair}>
          <Select label="Thème" allowDeselect={false} data={Object.entries(themes).map(([value, label]) => ({ value, label }))} value={themeOf(form)} onChange={(theme) => theme && set(withFormExtension(form, urls.theme, [{ valueCode: theme }]))} />
          <Select label="Information sensible" placeholder="Non" clearable data={sensitivityChoices} value={sensitiveOf(form) ?? null} onChange={(code) => set(withFormExtension(form, urls.sensitive, code ? [{ valueCode: code }] : []))} />
        </div>
        <MultiSelect label="Professions qui le remplissent le plus" description="Il leur est proposé d’abord ; il reste ouvert à toutes." searchable data={professionChoices} value={professionsOf(form)} onChange={(codes) => set(withFormExtension(form, urls.profession, codes.map((valueCode) => ({ valueCode }))))} />
        <Switch label="Rien de médical : le secrétariat le remplit et le lit" checked={isAdministrative(form)} onChange={(event) => set(withFormExtension(form, urls.administrative, event.currentTarget.checked ? [{ valueBoolean: true }] : []))} />
      </div>
    </Card>
  );
}

function Lines({ form, set }: { form: Form; set: (form: Form) => void }) {
  const add = (into: string | null, kind: ItemKind) => set(addItem(form, into, newItem(form, kind)));
  return (
    <Card title="Questions" count={[...itemsOf(form.item)].filter(({ item }) => item.type !== 'group' && item.type !== 'display').length}>
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
      <Card title="Essai" action={answered.length > 0 && <Button size="compact-sm" variant="subtle" onClick={() => setAnswered([])}>Effacer</Button>}>
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
            <Questions items={form.item} answered={answered} onChange={setAnswered} asking={{ patient: null, place: wholeOf(form, answered), scores, curve: () => [], errors: {}, from: {}, typed, type: (key, words) => setTyped((now) => ({ ...now, [key]: words })) }} />
          </div>
        </div>
      </Card>
    </section>
  );
}
