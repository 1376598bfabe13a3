import { Button, MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { call, reading, Refusal, urlOf } from '../../../web/api.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { CopyIcon, DownloadIcon } from '../../../web/ui/icons.ts';
import { Bone, ErrorState } from '../../../web/ui/states.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import { professionChoices } from '../../../web/words.ts';
import {
  fieldOf,
  letterTypes,
  letterUses,
  recordContract,
  type TemplateBody,
  type TemplateDetail,
} from '../../contract.ts';
import { EditionHead, useEdition, useKept } from '../editions/Edition.tsx';
import { FieldPicker } from './FieldPicker.tsx';
import { LetterText, put, useArea, useWriteOrSee } from './LetterText.tsx';
import { changedTemplates } from './TemplatesPage.tsx';
import { TemplateTrial } from './TemplateTrial.tsx';
import css from './letters.module.css';
import { SensitivityField } from '../forms/SensitivityField.tsx';

const bodyOf = (one: TemplateDetail): TemplateBody => ({
  title: one.title,
  description: one.description,
  use: one.use,
  documentType: one.documentType,
  professions: one.professions,
  signers: one.signers,
  administrative: one.administrative,
  sensitive: one.sensitive,
  subject: one.subject,
  text: one.text,
});

/** `/modeles/$template`: a template, changed on the left, tried on a patient on the right. */
export default function TemplateEditorPage() {
  const { template } = useParams({ strict: false }) as { template: string };
  const query = useQuery({
    ...reading(recordContract.letterTemplate, { params: { template } }),
    refetchOnWindowFocus: false,
  });
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
  const kept = useKept<TemplateBody>(`modele:${detail.id}`, detail.version, start);
  const { value: body, dirty } = kept;
  const set = (patch: Partial<TemplateBody>) => kept.set((now) => ({ ...now, ...patch }));
  const params = { template: detail.id };
  const edition = useEdition<TemplateDetail>(detail, kept, {
    path: '/modeles',
    list: 'Modèles de courriers',
    noun: 'Modèle',
    keptBehind: 'les courriers écrits restent lisibles.',
    changed: changedTemplates,
    change: (version) => call(recordContract.changeTemplate, { params, body: { ...body, version } }),
    publish: (template, version) => call(recordContract.publishTemplate, { params: { template }, body: { version } }),
    retire: (version, back) => call(recordContract.retireTemplate, { params, body: { version, back } }),
    drop: (version) => call(recordContract.dropTemplate, { params, body: { version } }),
  });
  const { writes, refusal } = edition;
  const copy = useMutation({
    mutationFn: () => call(recordContract.beginTemplate, { body: { from: detail.id } }),
    onSuccess: (next) => {
      changedTemplates();
      void navigate({ to: `/modeles/${next.id}` as string });
      done('Copie faite : changez-la, puis mettez-la en service.');
    },
    onError: failed,
  });
  const error = (field: string) => (refusal instanceof Refusal ? refusal.fields[field] : undefined);
  const write = (made: (chosen: string) => string, ownLine = false) =>
    put(area, body.text, (text) => set({ text }), made, ownLine);
  const repeat = (key: string) =>
    write(
      () => `{{pour ${key}}}\n- {{${Object.keys(fieldOf(key)?.parts ?? { nom: '' }).join('}}, {{')}}}\n{{fin}}\n`,
      true,
    );
  return (
    <div className="page">
      <EditionHead
        edition={edition}
        title={body.title}
        acts={
          <>
            <Button
              component="a"
              variant="subtle"
              leftSection={<DownloadIcon size={16} />}
              href={urlOf(recordContract.exportTemplate, { params })}
              download
            >
              Exporter
            </Button>
            {detail.writes && (
              <Button
                variant="subtle"
                leftSection={<CopyIcon size={16} />}
                loading={copy.isPending}
                onClick={() => copy.mutate()}
              >
                Copier
              </Button>
            )}
          </>
        }
      />
      {view.choice}
      <div className={css.two} data-shows={view.shows}>
        <div className="stack loose">
          <Card title="Le texte">
            <div className={css.body}>
              <TextInput
                label="Objet du courrier"
                description="Il peut contenir des champs : {{patient.nom}}."
                value={body.subject}
                readOnly={!writes}
                error={error('subject')}
                onChange={(event) => set({ subject: event.currentTarget.value })}
              />
              <LetterText
                label="Texte du modèle"
                value={body.text}
                set={(text) => writes && set({ text })}
                area={area}
                error={error('text')}
                rows={20}
              >
                {writes && (
                  <>
                    <FieldPicker
                      what="field"
                      label="Insérer un champ"
                      administrative={body.administrative}
                      onPick={(key) => write(() => `{{${key}}}`)}
                    />
                    <FieldPicker
                      what="test"
                      label="Ajouter une condition"
                      administrative={body.administrative}
                      onPick={(key) =>
                        write((chosen) => `{{si ${key}}}\n${chosen || 'Texte si renseigné.'}\n{{fin}}\n`, true)
                      }
                    />
                    <FieldPicker
                      what="list"
                      label="Répéter une liste"
                      administrative={body.administrative}
                      onPick={repeat}
                    />
                  </>
                )}
              </LetterText>
              <p className="tiny dim">
                Conditions : <code>{'{{si champ}}'}</code> si le champ est renseigné, <code>{'{{si non champ}}'}</code>,{' '}
                <code>{'{{si a et b}}'}</code>, <code>{'{{sinon}}'}</code>, <code>{'{{fin}}'}</code>. Une liste seule
                sur sa ligne s’écrit en puces.
              </p>
            </div>
            {detail.flaws.length > 0 && !dirty && (
              <ul className={css.flaws} aria-label="À corriger">
                {detail.flaws.map((one) => (
                  <li key={`${one.line} ${one.words}`} className="small">
                    <Tag tone={one.severity === 'error' ? 'danger' : 'warning'}>
                      {one.line > 0 ? `ligne ${one.line}` : 'objet'}
                    </Tag>{' '}
                    {one.words}
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <fieldset disabled={!writes} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
            <Card title="Le modèle">
              <div className={css.body}>
                <TextInput
                  label="Titre"
                  value={body.title}
                  error={error('title')}
                  onChange={(event) => set({ title: event.currentTarget.value })}
                />
                <Textarea
                  label="À quoi il sert"
                  autosize
                  minRows={1}
                  value={body.description}
                  onChange={(event) => set({ description: event.currentTarget.value })}
                />
                <div className={css.pair}>
                  <Select
                    label="Usage"
                    allowDeselect={false}
                    data={Object.entries(letterUses).map(([value, label]) => ({ value, label }))}
                    value={body.use}
                    onChange={(use) => use && set({ use: use as TemplateBody['use'] })}
                  />
                  <Select
                    label="Type de document"
                    allowDeselect={false}
                    data={letterTypes.map(({ code, label }) => ({ value: code, label }))}
                    value={body.documentType}
                    onChange={(documentType) => documentType && set({ documentType })}
                  />
                  <SensitivityField value={body.sensitive} onChange={(sensitive) => set({ sensitive })} />
                </div>
                <MultiSelect
                  label="Professions qui l’écrivent le plus"
                  description="Il leur est proposé d’abord ; il reste ouvert à toutes."
                  searchable
                  data={professionChoices}
                  value={body.professions}
                  onChange={(professions) => set({ professions: professions as TemplateBody['professions'] })}
                />
                <MultiSelect
                  label="Professions qui peuvent le signer"
                  description="Aucune : quiconque peut l’écrire."
                  searchable
                  data={professionChoices}
                  value={body.signers}
                  onChange={(signers) => set({ signers: signers as TemplateBody['signers'] })}
                />
                <Switch
                  label="Rien de médical : le secrétariat l’écrit, le signe et le lit"
                  checked={body.administrative}
                  onChange={(event) => set({ administrative: event.currentTarget.checked })}
                />
              </div>
            </Card>
          </fieldset>
        </div>
        {view.shows !== 'text' && (
          <div className={css.side}>
            <TemplateTrial
              subject={body.subject}
              title={body.title}
              text={body.text}
              documentType={body.documentType}
            />
          </div>
        )}
      </div>
    </div>
  );
}
