import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { call } from '../../../web/api.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { CopyIcon } from '../../../web/ui/icons.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { done, failed } from '../../../web/ui/undo.tsx';
import {
  orderFamilies,
  type OrderTemplate,
  type OrderTemplateShelf,
  recordContract,
  sentenceOf,
} from '../../contract.ts';
import { again, whose } from './order-draft.ts';
import css from './orders.module.css';
import { emptyTemplate, NewTemplatePanel, TemplatePanel } from './TemplatePanel.tsx';
import { refreshTemplates } from './use-orders.ts';

async function retire(one: OrderTemplate, back: boolean): Promise<void> {
  const send = (version: number, how: boolean) =>
    call(recordContract.retireOrderTemplate, { params: { template: one.id }, body: { version, back: how } });
  try {
    const next = await send(one.version, back);
    done(
      back
        ? `« ${one.title} » est remise en service.`
        : `« ${one.title} » est retirée. Les ordonnances signées restent.`,
      async () => {
        await send(next.version, !back);
        await refreshTemplates();
      },
    );
  } catch (error) {
    failed(error);
  }
  await refreshTemplates();
}

/** What the address opens beside the list: `type:ID`, to be changed or read; `type:nouvelle`, and `type:nouvelle:ID` a copy. */
export function TemplatePanels({
  page,
  opened,
  open,
}: {
  page: OrderTemplateShelf;
  opened: string | undefined;
  open: (panel: string | undefined) => void;
}) {
  const [name, id = '', source = ''] = (opened ?? '').split(':');
  if (name !== 'type') return null;
  const one = page.templates.find((each) => each.id === id);
  const close = () => open(undefined);
  const copy = one && page.may.length > 0 && one.usable && (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<CopyIcon size={15} />}
      onClick={() => open(`type:nouvelle:${one.id}`)}
    >
      Copier
    </Button>
  );
  if (one?.canEdit)
    return (
      <TemplatePanel
        key={one.id}
        one={one}
        page={page}
        onClose={close}
        beside={
          <>
            <span className="grow" />
            {copy}
            {one.canRetire && (
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                onClick={() => {
                  close();
                  void retire(one, false);
                }}
              >
                Retirer
              </Button>
            )}
          </>
        }
      />
    );
  if (one) return <ReadPanel one={one} onClose={close} copy={copy} />;
  if (id === '') return null;
  const from = page.templates.find((each) => each.id === source);
  const begun = from
    ? { ...emptyTemplate, title: `${from.title.slice(0, 110)} (copie)`, lines: from.lines.map(again), note: from.note }
    : emptyTemplate;
  return (
    <NewTemplatePanel
      key={`${id}:${source}`}
      from={source ? `nouvelle-${source}` : id}
      begun={id.startsWith('nouvelle-') ? emptyTemplate : begun}
      onClose={close}
    />
  );
}

/** One that I may read and not change, and why. */
function ReadPanel({ one, onClose, copy }: { one: OrderTemplate; onClose: () => void; copy: ReactNode }) {
  const why =
    one.status === 'retired'
      ? 'Elle est retirée : elle n’est plus proposée.'
      : one.shipped
        ? 'Livrée avec Estran : copiez-la pour la changer.'
        : !one.usable
          ? 'Votre profession ne peut pas la signer en entier : elle ne la change pas.'
          : `Elle est de ${one.by}, qui seul la change. Copiez-la pour garder la vôtre à côté.`;
  return (
    <SidePanel
      title={one.title}
      subtitle={whose(one)}
      onClose={onClose}
      wide
      footer={
        <>
          {one.canRetire && (
            <Button
              variant={one.status === 'retired' ? 'filled' : 'default'}
              onClick={() => {
                onClose();
                void retire(one, one.status === 'retired');
              }}
            >
              {one.status === 'retired' ? 'Remettre en service' : 'Retirer'}
            </Button>
          )}
          {copy}
        </>
      }
    >
      <div className="stack loose">
        <p className="small dim">{why}</p>
        <ol className={css.told}>
          {one.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <li key={at}>
              <span className="strong">{line.label}</span> <Tag>{orderFamilies[line.kind].label}</Tag>
              <span className={`small dim ${css.itemWords}`}>{sentenceOf(line)}</span>
            </li>
          ))}
        </ol>
        {one.note && <p className="small">{one.note}</p>}
      </div>
    </SidePanel>
  );
}
