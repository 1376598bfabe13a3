import { Button, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Kbd } from '../../web/ui/bits.tsx';
import { PlusIcon } from '../../web/ui/icons.ts';
import { useActMenu } from '../../web/ui/use-act-menu.ts';
import type { RecordAct } from './acts.ts';
import css from './record.module.css';
import { useRecord } from './use-record.ts';

const item = (act: RecordAct, run: (act: () => void) => () => void) => {
  const Icon = act.icon!;
  return (
    <Menu.Item
      key={act.id}
      leftSection={<Icon size={17} stroke={1.6} />}
      rightSection={act.keys && <Kbd>{act.keys}</Kbd>}
      onClick={run(act.run)}
    >
      {act.short}
    </Menu.Item>
  );
};

/** What one adds most, one letter each. */
export function QuickBar({ acts }: { acts: RecordAct[] }) {
  const { timeline, header } = useRecord();
  const adds = acts.filter((act) => act.add);
  const first = adds.slice(0, 6);
  const more = adds.slice(6);
  const { menu, target, run } = useActMenu();
  return (
    <div className={`${css.quick} no-print`}>
      {adds.length > 0 && (
        <div className={css.adds} role="toolbar" aria-label="Ajouter au dossier">
          <PlusIcon size={16} aria-hidden />
          {first.map((act) => {
            const Icon = act.icon!;
            return (
              <button type="button" key={act.id} className={css.add} onClick={act.run} aria-keyshortcuts={act.keys}>
                <Icon size={16} stroke={1.7} />
                {act.short}
                <span aria-hidden>
                  <Kbd>{act.keys}</Kbd>
                </span>
              </button>
            );
          })}
          {more.length > 0 && (
            <Menu position="bottom-start" {...menu}>
              <Menu.Target>
                <button type="button" className={css.add} ref={target}>
                  Autre…
                </button>
              </Menu.Target>
              <Menu.Dropdown>{more.map((act) => item(act, run))}</Menu.Dropdown>
            </Menu>
          )}
        </div>
      )}
      <span className="grow" />
      <nav className={css.jumps} aria-label="Dans ce dossier">
        <Link to={`/patients/${header.patient.id}/synthese` as string} aria-keyshortcuts="Y">
          Synthèse médicale
        </Link>
        <a href="#synthese">En bref</a>
        <a href="#historique">
          Historique <span className="dim num">{timeline.atLeast ? `${timeline.count}+` : timeline.count}</span>
        </a>
      </nav>
    </div>
  );
}

/** On a telephone: everything one may add, under the thumb. */
export function ThumbBar({ acts }: { acts: RecordAct[] }) {
  const adds = acts.filter((act) => act.add);
  const { menu, target, run } = useActMenu();
  if (!adds.length) return null;
  return (
    <div className={`${css.thumb} no-print`}>
      <Menu position="top-end" width="min(366px, 100vw - 24px)" {...menu}>
        <Menu.Target>
          <Button ref={target} radius="xl" size="md" leftSection={<PlusIcon size={18} />}>
            Ajouter
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={css.sheet}>{adds.map((act) => item(act, run))}</Menu.Dropdown>
      </Menu>
    </div>
  );
}
