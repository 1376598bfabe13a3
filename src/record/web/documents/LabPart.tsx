import { Checkbox, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sayCount } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { Note } from '../../../web/ui/states.tsx';
import { isCritical, isOutOfRange, readLabText, type ReceivedLine, unitShown } from '../../contract.ts';
import { rowsRead, seen } from '../results/rows.ts';
import css from './documents.module.css';
import { fileQuery, lettersIn } from './FileViewer.tsx';

const formats = { text: 'texte', hprim: 'HPRIM', 'hprim-sante': 'HPRIM Santé' } as const;
const flags: Record<string, string> = {
  low: 'bas',
  high: 'élevé',
  'critical-low': 'très bas',
  'critical-high': 'très élevé',
};
type Lab = NonNullable<ReceivedLine['lab']>;

/** Values are written with the file unless something of it is missing, is shared, is there already, or is only text. */
export const writesResults = (lab: Lab | null): boolean =>
  lab !== null && lab.format !== 'text' && lab.values > 0 && !lab.cut && !lab.several;

/** A laboratory's file: what was understood, shown before anything is written, and what was not is told. Among those to be sorted, whether its values are written with it is asked (`write`). */
export function LabPart({
  lab,
  url,
  patient,
  write,
}: {
  lab: Lab;
  url: string;
  patient: { sex: string } | undefined;
  write?: { checked: boolean; onChange: (write: boolean) => void; error: string | undefined };
}) {
  const file = useQuery(fileQuery(url));
  const report = useQuery({
    queryKey: ['lab-file', url],
    queryFn: async () => readLabText(await lettersIn(file.data!)),
    enabled: file.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = report.data ? rowsRead(report.data) : [];
  const same = lab.known?.same === true;
  return (
    <section className="stack tight" aria-label="Résultats de biologie">
      <h2>Résultats de biologie</h2>
      <p className="small" role="status">
        {lab.values > 0
          ? `${sayCount(lab.values, 'valeur comprise', 'valeurs comprises')} (${formats[lab.format]})`
          : `Aucune valeur comprise (${formats[lab.format]})`}
        {lab.unknown > 0 && `, dont ${lab.unknown} sous le nom du laboratoire`}
        {lab.number && ` · compte rendu n° ${lab.number}`}.
      </p>
      {lab.cut && (
        <Note tone="warning">
          La fin de ce fichier manque : des valeurs peuvent manquer. Il est conservé tel qu’il est arrivé ; demandez-le
          de nouveau au laboratoire.
        </Note>
      )}
      {lab.several && (
        <Note tone="warning">
          Ce fichier contient plusieurs comptes rendus : ses valeurs ne s’écrivent pas. Déposez un fichier par compte
          rendu.
        </Note>
      )}
      {lab.known && <Note tone={same ? 'warning' : 'info'}>{lab.known.words}</Note>}
      {rows.length > 0 && !lab.several && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
        <div className={css.values} role="region" aria-label="Valeurs comprises" tabIndex={0}>
          <Table withRowBorders={false} verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Analyse</Table.Th>
                <Table.Th>Valeur</Table.Th>
                <Table.Th>Bornes du laboratoire</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => {
                const { flag } = seen(row, { age: null, sex: patient?.sex ?? 'unknown' });
                return (
                  <Table.Tr key={row.key}>
                    <Table.Td>{row.label}</Table.Td>
                    <Table.Td>
                      <span className={isOutOfRange(flag) ? 'strong' : undefined}>{row.typed}</span>{' '}
                      <span className="dim">{unitShown(row.unit)}</span>{' '}
                      {flags[flag] && <Tag tone={isCritical(flag) ? 'danger' : 'warning'}>{flags[flag]}</Tag>}
                    </Table.Td>
                    <Table.Td className="dim">
                      {row.low || row.high ? [row.low, row.high].filter(Boolean).join(' – ') : ''}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {write && lab.values > 0 && !lab.several && !same && (
        <Checkbox
          label="Écrire ces valeurs au dossier, à valider par un médecin"
          description={
            lab.format === 'text' ? 'Un texte se lit moins sûrement qu’un fichier : comparez chaque valeur.' : undefined
          }
          checked={write.checked}
          error={write.error}
          onChange={(event) => write.onChange(event.currentTarget.checked)}
        />
      )}
    </section>
  );
}
