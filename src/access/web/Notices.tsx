import { ActionIcon, Button, Indicator, Popover } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, queries, reading } from '../../web/api.ts';
import { sayAgo } from '../../web/say.ts';
import { useLive } from '../../web/live.ts';
import { meQuery, useMe } from '../../web/session.ts';
import { AlertIcon } from '../../web/ui/icons.ts';
import { Failure, ListBones, Nothing } from '../../web/ui/states.tsx';
import { accessContract } from '../contract.ts';

/** Where a notice of the programme is answered. */
function programmePlace(kind: string, region: boolean): string | undefined {
  const [what, id] = kind.split(':');
  if (what === 'programme-maturity') return '/programme/maturite';
  if (what === 'programme-demand') return '/programme/aide?onglet=evolutions';
  return what === 'programme-help'
    ? `${region ? '/programme/demandes' : '/programme/aide'}?volet=aide:${id}`
    : undefined;
}

/** What I must be told: emergency accesses to my patients, delegations, invitations. */
export function Notices() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const notices = useQuery({ ...reading(accessContract.notices), enabled: open });
  const read = useMutation({
    mutationFn: (id: string) => call(accessContract.readNotice, { params: { id } }),
    onSuccess: () => {
      void notices.refetch();
      void queries.invalidateQueries(meQuery);
    },
  });
  useLive(['notices'], () => {
    void queries.invalidateQueries(meQuery);
    if (open) void notices.refetch();
  });
  const label = me.unreadNotices ? `Avertissements : ${me.unreadNotices} non lus` : 'Avertissements';
  return (
    <Popover opened={open} onChange={setOpen} width={380} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon aria-label={label} onClick={() => setOpen((was) => !was)}>
          <Indicator disabled={!me.unreadNotices} color="red" size={8} offset={2}>
            <AlertIcon size={19} stroke={1.7} />
          </Indicator>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Avertissements">
        {notices.isPending && <ListBones rows={3} height={48} />}
        <Failure compact of={notices} />
        {notices.data?.length === 0 && (
          <div style={{ paddingTop: 14 }}>
            <Nothing>Aucun avertissement. Les accès en urgence aux dossiers de vos patients s’affichent ici.</Nothing>
          </div>
        )}
        <ul className="plain divided" style={{ maxHeight: 420, overflowY: 'auto' }}>
          {notices.data?.map((notice) => (
            <li key={notice.id} className="stack tight" style={{ padding: '10px 14px' }}>
              <span className={notice.readAt ? 'dim' : 'strong'}>{notice.words}</span>
              <span className="row wrap between">
                <span className="dim tiny">{sayAgo(notice.at)}</span>
                <span className="row wrap">
                  {notice.patient && (
                    <Link
                      to="/patients/$patient"
                      params={{ patient: notice.patient }}
                      className="small"
                      onClick={() => setOpen(false)}
                    >
                      Ouvrir le dossier
                    </Link>
                  )}
                  {notice.kind === 'result-critical' && (
                    <Link to={'/resultats' as string} className="small" onClick={() => setOpen(false)}>
                      Voir les résultats à valider
                    </Link>
                  )}
                  {notice.patient && notice.kind.startsWith('treatment-') && (
                    <Link
                      to={`/patients/${notice.patient}/traitements` as string}
                      className="small"
                      onClick={() => setOpen(false)}
                    >
                      {notice.kind === 'treatment-proposal' ? 'Lire et répondre' : 'Lire la réponse'}
                    </Link>
                  )}
                  {notice.kind === 'unusual-access' && (
                    <Link to={'/structure?partie=acces' as string} className="small" onClick={() => setOpen(false)}>
                      Examiner
                    </Link>
                  )}
                  {notice.kind.startsWith('account-') && (
                    <Link to={'/compte' as string} className="small" onClick={() => setOpen(false)}>
                      Journal de votre compte
                    </Link>
                  )}
                  {notice.kind.startsWith('task-') && (
                    <Link
                      to={
                        notice.kind === 'task-escalated' ? '/coordination/taches?vue=unowned' : '/coordination/taches'
                      }
                      className="small"
                      onClick={() => setOpen(false)}
                    >
                      Voir les tâches
                    </Link>
                  )}
                  {programmePlace(notice.kind, me.practice.kind === 'region') && (
                    <Link
                      to={programmePlace(notice.kind, me.practice.kind === 'region') as string}
                      className="small"
                      onClick={() => setOpen(false)}
                    >
                      Voir
                    </Link>
                  )}
                  {!notice.readAt && (
                    <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(notice.id)}>
                      Marquer comme lu
                    </Button>
                  )}
                </span>
              </span>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
