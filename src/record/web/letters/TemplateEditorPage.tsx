import { Button, MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CopyIcon, DownloadIcon } from '../../../web/ui/icons.ts';
import { Bone, ErrorState, Note } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import { fieldOf, letterTypes, letterUses, recordContract, type Sensitivity, type TemplateBody, type TemplateDetail } from '../../contract.ts';
import { sensitivityChoices } from '../forms/choices.ts';
import { FieldPicker } from './FieldPicker.tsx';
import { LetterText, put, useArea, useWriteOrSee } from './LetterText.tsx';
import { TemplateTag, changedTemplates } from './TemplatesPage.tsx';
import { TemplateTrial } from './TemplateTrial.tsx';
import css from './letters.module.css';

const shadow = (id: string) => `estran-draft:modele:${id}`;
const bodyOf = (one: TemplateDetail): TemplateBody => ({ title: one.title, description: one.description, use: one.use, documentType: one.documentType, professions: one.professions, signers: one.signers, administrative: one.administrative, sensitive: one.sensitive, subject: one.subject, text: one.text });

/** `/modeles/$template`: a template, changed on the left, tried on a patient on the right. */
export default function TemplateEditorPage() {
  const { template } = useParams({ strict: false }) as { template: string };
  const query = useQuery({ ...reading(recordContract.letterTemplate, { params: { template } }), refetchOnWindowFocus: false });
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="page" role="status" aria-label="Chargement">
        <h1 className="vh">Modèle de courrier</h1>
        <Bone h={420} />
      </div>
    );
  return <Editor key={`${template}.${query.data.version}`} detail={query.data} />;
}

function Editor({ detail }: { detail: TemplateDetail }) {
  const navigate = useNavigate();
  const area = useArea();
  const view = useWriteOrSee();
  const [start] = useState(() => bodyOf(detail));
  const [body, setBody] = useState<TemplateBody>(() => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(shadow(detail.id)) ?? 'null') as { version: number; body: TemplateBody } | null;
      return kept?.version === detail.version ? kept.body : start;
    } catch {
      return start;
    }
  });
  const set = (patch: Partial<TemplateBody>) => setBody((now) => ({ ...now, ...patch }));
  const dirty = JSON.stringify(body) !== JSON.stringify(start);
  useEffect(() => {
    if (dirty) sessionStorage.setItem(shadow(detail.id), JSON.stringify({ version: detail.version, body }));
    else sessionStorage.removeItem(shadow(detail.id));
  }, [dirty, detail.id, detail.version, body]);
  const params = { template: detail.id };
  const went = (next: TemplateDetail) => {
    sessionStorage.removeItem(shadow(detail.id));
    changedTemplates();
    if (next.id !== detail.id) void navigate({ to: `/modeles/${next.id}` as string });
  };
  const save = useMutation({ mutationFn: () => call(recordContract.changeTemplate, { params, body: { ...body, version: detail.version } }), onSuccess: (next) => { went(next); done('Brouillon enregistré.'); } });
  const publish = useMutation({
    mutationFn: async () => {
      const saved = dirty ? await call(recordContract.changeTemplate, { params, body: { ...body, version: detail.version } }) : detail;
      if (saved.id !== detail.id) went(saved);
      return call(recordContract.publishTemplate, { params: { template: saved.id }, body: { version: saved.version } });
    },
    onSuccess: (next) => { went(next); done(`« ${next.title} » est en service, édition ${next.edition}.`); },
    onError: () => changedTemplates(),
  });
  const retire = useMutation({
    mutationFn: (back: boolean) => call(recordContract.retireTemplate, { params, body: { version: detail.version, back } }),
    onSuccess: (next) => { went(next); done(next.status === 'retired' ? 'Modèle retiré : les courriers écrits restent lisibles.' : 'Modèle remis en service.'); },
    onError: failed,
  });
  const drop = useMutation({ mutationFn: () => call(recordContract.dropTemplate, { params, body: { version: detail.version } }), onSuccess: () => { sessionStorage.removeItem(shadow(detail.id)); changedTemplates(); void navigate({ to: '/modeles' as string }); done('Brouillon jeté.'); }, onError: failed });
  const copy = useMutation({ mutationFn: () => call(recordContract.beginTemplate, { body: { from: detail.id } }), onSuccess: (next) => { changedTemplates(); void navigate({ to: `/modeles/${next.id}` as string }); done('Copie faite : changez-la, puis mettez-la en service.'); }, onError: failed });
  const writes = detail.writes && detail.status !== 'retired';
  const refusal = save.error ?? publish.error;
  const error = (field: string) => (refusal instanceof Refusal ? refusal.fields[field] : undefined);
  const write = (made: (chosen: string) => string, ownLine = false) => put(area, body.text, (text) => set({ text }), made, ownLine);
  const repeat = (key: string) => write(() => `{{pour ${key}}}\n- {{${Object.keys(fieldOf(key)?.parts ?? { nom: '' }).join('}}, {{')}}}\n{{fin}}\n`, true);
  return (
    <div className="page">
      <title>{`${body.title || 'Modèle'} · Modèles de courriers · Estran`}</title>
      <header className="page-head">
        <div style={{ flex: '1 1 320px', minWidth: 0 }}>
          <p className="small">
            <Link to={'/modeles' as string}>Modèles de courriers</Link>
          </p>
          <h1>{body.title || 'Sans titre'}</h1>
          <p className="row wrap">
            <TemplateTag status={detail.status} />
            {detail.edition && <span className="dim small">édition {detail.edition}</span>}
            {detail.shipped && <Tag>livré avec le produit</Tag>}
            {dirty && <Tag tone="warning">modifié, non enregistré</Tag>}
          </p>
        </div>
        <div className="row wrap">
          <Button component="a" variant="subtle" leftSection={<DownloadIcon size={16} />} href={urlOf(recordContract.exportTemplate, { params })} download>
            Exporter
          </Button>
          {detail.writes && (
            <Button variant="subtle" leftSection={<CopyIcon size={16} />} loading={copy.isPending} onClick={() => copy.mutate()}>
              Copier
            </Button>
          )}
          {detail.writes && detail.status === 'retired' && (
            <Button variant="default" loading={retire.isPending} onClick={() => retire.mutate(true)}>
              Remettre en service
            </Button>
          )}
          {writes && detail.status === 'active' && !dirty && (
            <Button variant="subtle" loading={retire.isPending} onClick={() => retire.mutate(false)}>
              Retirer
            </Button>
          )}
          {writes && detail.status === 'draft' && (
            <Button variant="subtle" loading={drop.isPending} onClick={() => drop.mutate()}>
              Jeter le brouillon
            </Button>
          )}
          {writes && (
            <>
              <Button variant="default" disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>
                {detail.status === 'active' ? 'Enregistrer un brouillon' : 'Enregistrer'}
              </Button>
              <Button disabled={!dirty && detail.status !== 'draft'} loading={publish.isPending} onClick={() => publish.mutate()}>
                Mettre en service
              </Button>
            </>
          )}
        </div>
      </header>
      {refusal && (
        <div style={{ marginBottom: 16 }}>
          <Note tone="danger" live>
            {refusal instanceof Refusal ? refusal.message : 'Le modèle n’a pas pu être enregistré. Votre texte reste sur cet écran.'}
          </Note>
        </div>
      )}
      {detail.draft && (
        <div style={{ marginBottom: 16 }}>
          <Note>
            Un brouillon de ce modèle est ouvert. <Link to={`/modeles/${detail.draft}` as string}>Le continuer</Link>
          </Note>
        </div>
      )}
      {view.choice}
      <div className={css.two} data-shows={view.shows}>
        <div className="stack loose">
          <Card title="Le texte">
            <div className={css.body}>
              <TextInput label="Objet du courrier" description="Il peut contenir des champs : {{patient.nom}}." value={body.subject} readOnly={!writes} error={error('subject')} onChange={(event) => set({ subject: event.currentTarget.value })} />
              <LetterText label="Texte du modèle" value={body.text} set={(text) => writes && set({ text })} area={area} error={error('text')} rows={20}>
                {writes && (
                  <>
                    <FieldPicker what="field" label="Insérer un champ" administrative={body.administrative} onPick={(key) => write(() => `{{${key}}}`)} />
                    <FieldPicker what="test" label="Ajouter une condition" administrative={body.administrative} onPick={(key) => write((chosen) => `{{si ${key}}}\n${chosen || 'Texte si renseigné.'}\n{{fin}}\n`, true)} />
                    <FieldPicker what="list" label="Répéter une liste" administrative={body.administrative} onPick={repeat} />
                  </>
                )}
              </LetterText>
              <p className="tiny dim">Conditions : <code>{'{{si champ}}'}</code> si le champ est renseigné, <code>{'{{si non champ}}'}</code>, <code>{'{{si a et b}}'}</code>, <code>{'{{sinon}}'}</code>, <code>{'{{fin}}'}</code>. Une liste seule sur sa ligne s’écrit en puces.</p>
            </div>
            {detail.flaws.length > 0 && !dirty && (
              <ul className={css.flaws} aria-label="À corriger">
                {detail.flaws.map((one) => (
                  <li key={`${one.line} ${one.words}`} className="small">
                    <Tag tone={one.severity === 'error' ? 'danger' : 'warning'}>{one.line > 0 ? `ligne ${one.line}` : 'objet'}</Tag> {one.words}
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <fieldset disabled={!writes} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
            <Card title="Le modèle">
              <div className={css.body}>
                <TextInput label="Titre" value={body.title} error={error('title')} onChange={(event) => set({ title: event.currentTarget.value })} />
                <Textarea label="À quoi il sert" autosize minRows={1} value={body.description} onChange={(event) => set({ description: event.currentTarget.value })} />
                <div className={css.pair}>
                  <Select label="Usage" allowDeselect={false} data={Object.entries(letterUses).map(([value, label]) => ({ value, label }))} value={body.use} onChange={(use) => use && set({ use: use as TemplateBody['use'] })} />
                  <Select label="Type de document" allowDeselect={false} data={letterTypes.map(({ code, label }) => ({ value: code, label }))} value={body.documentType} onChange={(documentType) => documentType && set({ documentType })} />
                  <Select label="Information sensible" placeholder="Non" clearable data={sensitivityChoices} value={body.sensitive} onChange={(sensitive) => set({ sensitive: sensitive as Sensitivity | null })} />
                </div>
                <MultiSelect label="Professions qui l’écrivent le plus" description="Il leur est proposé d’abord ; il reste ouvert à toutes." searchable data={professionChoices} value={body.professions} onChange={(professions) => set({ professions: professions as TemplateBody['professions'] })} />
                <MultiSelect label="Professions qui peuvent le signer" description="Aucune : quiconque peut l’écrire." searchable data={professionChoices} value={body.signers} onChange={(signers) => set({ signers: signers as TemplateBody['signers'] })} />
                <Switch label="Rien de médical : le secrétariat l’écrit, le signe et le lit" checked={body.administrative} onChange={(event) => set({ administrative: event.currentTarget.checked })} />
              </div>
            </Card>
          </fieldset>
        </div>
        {view.shows !== 'text' && (
          <div className={css.side}>
            <TemplateTrial subject={body.subject} title={body.title} text={body.text} documentType={body.documentType} />
          </div>
        )}
      </div>
    </div>
  );
}
