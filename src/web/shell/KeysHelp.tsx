import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePageGroups, usePaletteOpen } from '../palette.ts';
import { Kbd } from '../ui/bits.tsx';
import { useKeys } from '../ui/keys.ts';

const everywhere = [
  ['Ctrl K', 'Rechercher un patient, une page, une action'],
  ['/', 'Rechercher'],
  ['?', 'Voir ces raccourcis'],
  ['Échap', 'Fermer le panneau ou la fenêtre'],
  ['Ctrl Z', 'Annuler le dernier enregistrement (10 secondes)'],
  ['↑ ↓ Entrée', 'Parcourir une liste, ouvrir la ligne'],
] as const;

/** «?»: the keys of this screen. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  const groups = usePageGroups();
  const searching = usePaletteOpen();
  // Never two layers.
  useEffect(() => {
    if (searching) setOpen(false);
  }, [searching]);
  useKeys({ '?': () => setOpen(true) });
  return (
    <Modal
      opened={open}
      onClose={() => setOpen(false)}
      title="Raccourcis du clavier"
      size="md"
      closeButtonProps={{ 'aria-label': 'Fermer' }}
    >
      <div className="stack">
        {[
          { title: 'Partout', lines: everywhere as readonly (readonly [string, string])[] },
          ...groups.map((group) => ({
            title: group.title,
            lines: group.items.filter((item) => item.keys).map((item) => [item.keys!, item.title] as const),
          })),
        ]
          .filter((group) => group.lines.length)
          .map((group) => (
            <section key={group.title} aria-label={group.title}>
              <h3 className="dim small">{group.title}</h3>
              <dl>
                {group.lines.map(([keys, words]) => (
                  <div key={words} className="row between" style={{ minHeight: 32 }}>
                    <dd>{words}</dd>
                    <dt>
                      <Kbd>{keys}</Kbd>
                    </dt>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Modal>
  );
}
