import { Tabs } from '@mantine/core';
import { type CSSProperties, type ReactNode, type Ref, Suspense } from 'react';
import { urlOf } from '../../web/api.ts';
import { DocumentIcon } from '../../web/ui/icons.ts';
import { ListBones } from '../../web/ui/states.tsx';
import { programmeContract } from '../contract.ts';
import css from './programme.module.css';
import { euros } from './words.ts';

/** The parts of a project or of a way, one at a time; each loads when it is opened. */
export function PartTabs({
  label,
  tabs,
  at,
  onOpen,
  children,
}: {
  label: string;
  tabs: readonly { id: string; label: string }[];
  at: string;
  onOpen: (id: string | undefined) => void;
  children: ReactNode;
}) {
  return (
    <Tabs value={at} onChange={(id) => onOpen(id ?? undefined)} keepMounted={false}>
      <Tabs.List aria-label={label} style={{ flexWrap: 'wrap', marginBottom: 16 }}>
        {tabs.map((one) => (
          <Tabs.Tab key={one.id} value={one.id}>
            {one.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={at}>
        <Suspense fallback={<ListBones rows={8} />}>{children}</Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}

/** What is wider than its place: scrolled by keyboard too. */
export const Scrolled = ({
  label,
  style,
  ref,
  children,
}: {
  label: string;
  style?: CSSProperties;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
  <div ref={ref} className={css.scroll} style={style} tabIndex={0} role="region" aria-label={label}>
    {children}
  </div>
);

/** An issued paper of a project, by its reference. */
export const PaperLink = ({ project, paper, reference }: { project: string; paper: string; reference: string }) => (
  <a
    className="row"
    href={urlOf(programmeContract.paperPdf, { params: { project, paper } })}
    target="_blank"
    rel="noreferrer"
  >
    <DocumentIcon size={16} /> {reference}
  </a>
);

interface MoneyLine {
  rule: string;
  words: string;
  count: number;
  unitCents: number;
  /** Of the unit amount, where the call sets one. */
  capCents: number | null;
  cents: number;
}
/** How an amount is made: rule, count, unit amount, cap, result. */
export function MoneyTable({
  className,
  lines,
  total,
  totalCents,
}: {
  className: string | undefined;
  lines: readonly MoneyLine[];
  total: string;
  totalCents: number;
}) {
  return (
    <table className={className}>
      <thead>
        <tr>
          <th scope="col">Règle</th>
          <th scope="col">Nombre</th>
          <th scope="col">Unitaire</th>
          <th scope="col">Résultat</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.rule + line.words}>
            <td>
              {line.words}
              {line.capCents !== null && (
                <span className="dim small"> (plafonné à {euros(line.capCents)} par mois)</span>
              )}
            </td>
            <td>{line.count}</td>
            <td>{euros(line.unitCents)}</td>
            <td>{euros(line.cents)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={3}>{total}</td>
          <td>{euros(totalCents)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
