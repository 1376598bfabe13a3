import { MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { professionChoices } from '../../../web/words.ts';
import { fieldOf, letterTypes, letterUses, type TemplateBody, type TemplateDetail } from '../../contract.ts';
import { SensitivityField } from '../forms/SensitivityField.tsx';
import { FieldPicker } from './FieldPicker.tsx';
import { LetterText, put, useArea } from './LetterText.tsx';
import css from './letters.module.css';

interface Editing {
  body: TemplateBody;
  set: (patch: Partial<TemplateBody>) => void;
  /** False: read only. */
  writes: boolean;
  /** What the server found wrong in a field. */
  error: (field: string) => string | undefined;
}

/** What the letter will say: its subject, its text with fields, conditions and lists, and what is wrong in what is kept. */
export function TemplateText({
  detail: { flaws },
  body,
  set,
  writes,
  error,
  dirty,
}: Editing & { detail: TemplateDetail; dirty: boolean }) {
  const area = useArea();
  const write = (made: (chosen: string) => string, ownLine = false) =>
    put(area, body.text, (text) => set({ text }), made, ownLine);
  const repeat = (key: string) =>
    write(
      () => `{{pour ${key}}}\n- {{${Object.keys(fieldOf(key)?.parts ?? { nom: '' }).join('}}, {{')}}}\n{{fin}}\n`,
      true,
    );
  return (
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
              <FieldPicker what="list" label="Répéter une liste" administrative={body.administrative} onPick={repeat} />
            </>
          )}
        </LetterText>
        <p className="tiny dim">
          Conditions : <code>{'{{si champ}}'}</code> si le champ est renseigné, <code>{'{{si non champ}}'}</code>,{' '}
          <code>{'{{si a et b}}'}</code>, <code>{'{{sinon}}'}</code>, <code>{'{{fin}}'}</code>. Une liste seule sur sa
          ligne s’écrit en puces.
        </p>
      </div>
      {flaws.length > 0 && !dirty && (
        <ul className={css.flaws} aria-label="À corriger">
          {flaws.map((one) => (
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
  );
}

/** What the template is: its name, who it is for and who signs it. */
export function TemplateFacts({ body, set, writes, error }: Editing) {
  return (
    <fieldset disabled={!writes} className="plain">
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
  );
}
