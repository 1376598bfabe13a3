import { Button, FileButton, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal, upload, urlOf } from '../../../web/api.ts';
import { sayCount } from '../../../web/say.ts';
import { DateField } from '../../../web/ui/DateField.tsx';
import { DownloadIcon, UploadIcon } from '../../../web/ui/icons.ts';
import { PanelForm } from '../../../web/ui/PanelForm.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { done } from '../../../web/ui/undo.tsx';
import { programmeContract, quoteKinds } from '../../contract.ts';
import { euros } from '../words.ts';
import own from './money.module.css';
import { changedMoney, sayQuantity, sayVat } from './words.ts';

type Read = Awaited<ReturnType<typeof upload<typeof programmeContract.readQuotes>>>;

/** Quotes from a spreadsheet: what it would give is shown, with what is rejected and why; nothing is kept before one says so. */
export function ImportPanel({ project, onClose }: { project: string; onClose: () => void }) {
  const [read, setRead] = useState<Read>();
  const [name, setName] = useState('');
  const look = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('file', file);
      return upload(programmeContract.readQuotes, { project }, form);
    },
    onSuccess: setRead,
    onError: () => setRead(undefined),
  });
  const save = useMutation({
    mutationFn: () =>
      call(programmeContract.enterQuotes, {
        params: { project },
        body: {
          quotes: read!.quotes.map(({ vendor, number, dated, lines }) => ({
            vendor,
            number,
            dated,
            lines: lines.map(({ line: _, ...one }) => one),
          })),
        },
      }),
    onSuccess: ({ ids }) => {
      changedMoney();
      done(
        sayCount(ids.length, 'devis importé.', 'devis importés.'),
        () =>
          Promise.all(
            ids.map((id) =>
              call(programmeContract.setQuoteState, {
                params: { project, quote: id },
                body: { seen: 1, state: 'withdrawn' },
              }),
            ),
          ).then(changedMoney),
        'Devis retirés.',
      );
      onClose();
    },
  });
  const error = look.error ?? save.error;
  const quotes = read?.quotes ?? [];
  const lines = quotes.reduce((sum, one) => sum + one.lines.length, 0);
  const put = (at: number, patch: Partial<(typeof quotes)[number]>) =>
    setRead({ ...read!, quotes: quotes.map((one, i) => (i === at ? { ...one, ...patch } : one)) });
  return (
    <PanelForm
      wide
      title="Importer des devis"
      subtitle="CSV ou XLSX, une ligne par dépense"
      verb={quotes.length > 1 ? `Enregistrer les ${quotes.length} devis` : 'Enregistrer le devis'}
      pending={save.isPending}
      ready={quotes.length > 0 && quotes.every((one) => one.vendor.trim() && one.number.trim() && one.dated)}
      refusal={error instanceof Refusal ? error : null}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <div className="row wrap">
        <FileButton
          accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(file) => {
            if (!file) return;
            setName(file.name);
            look.mutate(file);
          }}
          inputProps={{ 'aria-label': 'Fichier de devis' }}
        >
          {(props) => (
            <Button
              {...props}
              variant={read ? 'default' : 'filled'}
              loading={look.isPending}
              leftSection={<UploadIcon size={16} />}
            >
              Choisir un fichier
            </Button>
          )}
        </FileButton>
        <Button
          variant="subtle"
          component="a"
          href={urlOf(programmeContract.quoteModel, { query: { format: 'xlsx' } })}
          leftSection={<DownloadIcon size={16} />}
        >
          Modèle à remplir
        </Button>
      </div>
      {!read && (
        <p className="small dim">
          La première ligne nomme les colonnes, dans n’importe quel ordre : fournisseur, numéro, date, libellé, genre,
          quantité, prix unitaire HT, TVA, total TTC, mensuel. Rien n’est enregistré avant que vous l’ayez relu.
        </p>
      )}
      {read && (
        <p role="status">
          {name} : {sayCount(lines, 'ligne lue', 'lignes lues')},{' '}
          {sayCount(read.rejects.length, 'ligne rejetée', 'lignes rejetées')}.
        </p>
      )}
      {read && read.rejects.length > 0 && (
        <Note tone="warning">
          <ul className={own.history}>
            {read.rejects.map((one) => (
              <li key={one.line} className="small">
                Ligne {one.line} : {one.words} {one.shown && <span className="dim">({one.shown})</span>}
              </li>
            ))}
          </ul>
        </Note>
      )}
      {quotes.map((one, at) => (
        <fieldset key={one.lines[0]!.line} className={own.entry}>
          <legend className="vh">Devis {at + 1}</legend>
          <div className={own.entryHead}>
            <TextInput
              size="xs"
              label="Fournisseur"
              value={one.vendor}
              error={one.vendor.trim() ? undefined : 'À renseigner'}
              onChange={(event) => put(at, { vendor: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              label="Numéro du devis"
              value={one.number}
              error={one.number.trim() ? undefined : 'À renseigner'}
              onChange={(event) => put(at, { number: event.currentTarget.value })}
            />
            <DateField
              size="xs"
              label="Date du devis"
              value={one.dated}
              error={one.dated ? undefined : 'À renseigner'}
              onChange={(dated) => put(at, { dated })}
            />
          </div>
          <div className={own.scroll}>
            <table className={own.lines}>
              <thead>
                <tr>
                  <th scope="col">Dépense</th>
                  <th scope="col">Quantité</th>
                  <th scope="col">Prix unitaire HT</th>
                  <th scope="col">TVA</th>
                  <th scope="col">Total TTC</th>
                </tr>
              </thead>
              <tbody>
                {one.lines.map((line) => (
                  <tr key={line.line}>
                    <td>
                      {line.label}
                      <div className="dim small">
                        {quoteKinds[line.kind]}
                        {line.recurring && ', par mois'}
                      </div>
                    </td>
                    <td>{sayQuantity(line.quantity)}</td>
                    <td>{euros(line.unitCents)}</td>
                    <td>{sayVat(line.vat)}</td>
                    <td>{euros(line.totalCents)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <td colSpan={4}>Total TTC</td>
                  <td>{euros(one.lines.reduce((sum, line) => sum + line.totalCents, 0))}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        </fieldset>
      ))}
    </PanelForm>
  );
}
