import { Autocomplete, Button, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, urlOf } from '../../../web/api.ts';
import { useUrl } from '../../../web/routes.tsx';
import { sayCount, sayNumber } from '../../../web/say.ts';
import { Card, Tag } from '../../../web/ui/bits.tsx';
import { DownloadIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note, Nothing } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { professionChoices, professionLabel } from '../../../web/words.ts';
import { programmeContract } from '../../contract.ts';
import css from '../programme.module.css';
import own from './leading.module.css';
import { changedConduct, type Conduct, equipmentLabels, equipmentStates, noPatient } from './words.ts';

type Line = Conduct['equipment'][number];
type Kind = Line['kind'];
const kinds = Object.entries(equipmentLabels).map(([value, label]) => ({ value, label }));
const counted = (kind: Kind) => kind !== 'internet' && kind !== 'network' && kind !== 'backup';
const professional = (kind: Kind) => kind === 'software' || kind === 'records' || kind === 'workstation';
const sayLine = ({ quantity, down, up }: Line) =>
  [
    quantity === null ? '' : sayNumber(quantity),
    down === null ? '' : `${sayNumber(down)} Mbit/s reçus`,
    up === null ? '' : `${sayNumber(up)} Mbit/s envoyés`,
  ]
    .filter(Boolean)
    .join(', ');

/** What the team works with today, site by site (REC-2): one line, one entry. */
export function InventoryView({ project, conduct }: { project: string; conduct: Conduct }) {
  const [url, setUrl] = useUrl();
  const [act, id] = (url.volet ?? '').split(':');
  const [quick, setQuick] = useState({
    site: conduct.sites[0] ?? '',
    kind: 'workstation' as Kind,
    name: '',
    quantity: '' as number | '',
  });
  const add = useMutation({
    mutationFn: () =>
      call(programmeContract.addEquipment, {
        params: { project },
        body: {
          site: quick.site,
          kind: quick.kind,
          name: quick.name,
          quantity: quick.quantity === '' ? null : quick.quantity,
        },
      }),
    onSuccess: () => {
      changedConduct();
      setQuick({ ...quick, name: '', quantity: '' });
    },
  });
  const refusal = add.error instanceof Refusal ? add.error : null;
  const sites = [...new Set(conduct.equipment.map(({ site }) => site))];
  const chosen = conduct.equipment.find((one) => one.id === id);
  const records = conduct.equipment
    .filter(({ kind }) => kind === 'records')
    .reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  const toReplace = conduct.equipment.filter(({ state }) => state === 'to-replace').length;
  return (
    <div className="stack loose">
      <Card
        title="Postes, réseau, logiciels, dossiers"
        count={sayCount(conduct.equipment.length, 'ligne')}
        action={
          <Button
            component="a"
            size="compact-sm"
            variant="subtle"
            href={urlOf(programmeContract.equipmentCsv, { params: { project } })}
            leftSection={<DownloadIcon size={16} />}
          >
            CSV
          </Button>
        }
      >
        {conduct.writes && (
          <form
            className={own.quick}
            onSubmit={(event) => {
              event.preventDefault();
              add.mutate();
            }}
          >
            <Autocomplete
              label="Site"
              value={quick.site}
              data={conduct.sites}
              error={refusal?.fields.site}
              onChange={(site) => setQuick({ ...quick, site })}
            />
            <Select
              label="Quoi"
              value={quick.kind}
              allowDeselect={false}
              data={kinds}
              onChange={(kind) => kind && setQuick({ ...quick, kind: kind as Kind })}
            />
            <TextInput
              label="Désignation"
              style={{ flexBasis: 200 }}
              value={quick.name}
              error={refusal?.fields.name}
              onChange={(event) => setQuick({ ...quick, name: event.currentTarget.value })}
            />
            <NumberInput
              label="Nombre"
              min={0}
              allowDecimal={false}
              hideControls
              value={quick.quantity}
              error={refusal?.fields.quantity}
              onChange={(value) => setQuick({ ...quick, quantity: typeof value === 'number' ? value : '' })}
            />
            <Button type="submit" loading={add.isPending} disabled={quick.site.trim() === ''}>
              Ajouter
            </Button>
          </form>
        )}
        {refusal && (
          <div className={css.body}>
            <Note tone="danger" live>
              {refusal.message}
            </Note>
          </div>
        )}
        {conduct.equipment.length === 0 ? (
          <Nothing>
            Rien n’est encore recensé. Commencez par un site : ses postes, son accès à internet, son logiciel, le nombre
            de dossiers à reprendre.
          </Nothing>
        ) : (
          <>
            <div className={css.figures}>
              <div>
                <div className={css.figure}>{sayNumber(records)}</div>
                <div className="dim small">dossiers à reprendre</div>
              </div>
              <div>
                <div className={css.figure}>{sites.length}</div>
                <div className="dim small">{sites.length > 1 ? 'sites recensés' : 'site recensé'}</div>
              </div>
              <div>
                <div className={css.figure}>{toReplace}</div>
                <div className="dim small">{toReplace > 1 ? 'lignes à remplacer' : 'ligne à remplacer'}</div>
              </div>
            </div>
            <div className={css.scroll}>
              <table className={own.table}>
                <thead>
                  <tr>
                    <th scope="col">Site</th>
                    <th scope="col">Quoi</th>
                    <th scope="col">Désignation</th>
                    <th scope="col" className={own.end}>
                      Combien
                    </th>
                    <th scope="col">État</th>
                  </tr>
                </thead>
                <tbody>
                  {sites.flatMap((site) =>
                    conduct.equipment
                      .filter((one) => one.site === site)
                      .map((one, at) => (
                        <tr key={one.id}>
                          <td>
                            {at === 0 ? <span className="strong">{site}</span> : <span className="vh">{site}</span>}
                          </td>
                          <td className="nowrap">{equipmentLabels[one.kind]}</td>
                          <td>
                            {conduct.writes ? (
                              <button
                                type="button"
                                className="plain-button"
                                style={{ textDecoration: 'underline', textUnderlineOffset: 2 }}
                                onClick={() => setUrl({ volet: `materiel:${one.id}` })}
                              >
                                {one.name || 'Préciser'}
                              </button>
                            ) : (
                              one.name
                            )}
                            {one.profession && <span className="dim"> · {professionLabel(one.profession)}</span>}
                            {one.note && <div className="small dim">{one.note}</div>}
                          </td>
                          <td className={own.end}>{sayLine(one)}</td>
                          <td>
                            <Tag tone={equipmentStates[one.state].tone}>{equipmentStates[one.state].words}</Tag>
                          </td>
                        </tr>
                      )),
                  )}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Card>
      {act === 'materiel' && chosen && conduct.writes && (
        <LinePanel
          key={chosen.id}
          project={project}
          line={chosen}
          sites={conduct.sites}
          onClose={() => setUrl({ volet: undefined })}
        />
      )}
    </div>
  );
}
function LinePanel({
  project,
  line,
  sites,
  onClose,
}: {
  project: string;
  line: Line;
  sites: string[];
  onClose: () => void;
}) {
  const { id, version, by: _by, at: _at, ...first } = line;
  const [form, setForm] = useState(first);
  const put = (body: typeof first, removed: boolean, seen: number) =>
    call(programmeContract.changeEquipment, { params: { project, equipment: id }, body: { ...body, removed, seen } });
  const save = useMutation({
    mutationFn: (removed: boolean) => put(form, removed, version),
    onSuccess: (_, removed) => {
      changedConduct();
      done(
        removed ? 'Ligne retirée.' : 'Enregistré.',
        () => put(first, false, version + 1).then(changedConduct),
        removed ? 'Ligne remise.' : 'Annulé.',
      );
      onClose();
    },
  });
  const refusal = save.error instanceof Refusal ? save.error : null;
  const figure = (value: string | number) => (typeof value === 'number' ? value : null);
  return (
    <PanelForm
      title={line.name || equipmentLabels[line.kind]}
      subtitle={line.site}
      verb="Enregistrer"
      pending={save.isPending}
      ready={form.site.trim() !== ''}
      refusal={refusal}
      onSubmit={() => save.mutate(false)}
      onClose={onClose}
      beside={
        <Button variant="subtle" color="red" onClick={() => save.mutate(true)}>
          Retirer
        </Button>
      }
    >
      <Autocomplete
        label="Site"
        value={form.site}
        data={sites}
        error={refusal?.fields.site}
        onChange={(site) => setForm({ ...form, site })}
      />
      <Select
        label="Quoi"
        value={form.kind}
        allowDeselect={false}
        data={kinds}
        onChange={(kind) => kind && setForm({ ...form, kind: kind as Kind })}
      />
      <TextInput
        label="Désignation"
        value={form.name}
        error={refusal?.fields.name}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
      />
      {professional(form.kind) && (
        <Select
          label="Profession"
          clearable
          searchable
          value={form.profession || null}
          data={professionChoices}
          onChange={(profession) => setForm({ ...form, profession: profession ?? '' })}
        />
      )}
      {counted(form.kind) && (
        <NumberInput
          label={form.kind === 'records' ? 'Nombre de dossiers' : 'Nombre'}
          min={0}
          allowDecimal={false}
          thousandSeparator=" "
          value={form.quantity ?? ''}
          onChange={(value) => setForm({ ...form, quantity: figure(value) })}
        />
      )}
      {(form.kind === 'internet' || form.kind === 'network') && (
        <div className="row">
          <NumberInput
            label="Reçu (Mbit/s)"
            min={0}
            decimalSeparator=","
            decimalScale={1}
            value={form.down ?? ''}
            onChange={(value) => setForm({ ...form, down: figure(value) })}
          />
          <NumberInput
            label="Envoyé (Mbit/s)"
            min={0}
            decimalSeparator=","
            decimalScale={1}
            value={form.up ?? ''}
            onChange={(value) => setForm({ ...form, up: figure(value) })}
          />
        </div>
      )}
      <SegmentedControl
        aria-label="État"
        value={form.state}
        onChange={(state) => setForm({ ...form, state: state as Line['state'] })}
        data={[
          { value: 'unknown', label: 'À vérifier' },
          { value: 'good', label: 'Convient' },
          { value: 'to-replace', label: 'À remplacer' },
        ]}
      />
      <Textarea
        label="Remarque"
        description={noPatient}
        autosize
        minRows={2}
        value={form.note}
        error={refusal?.fields.note}
        onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
      />
    </PanelForm>
  );
}
