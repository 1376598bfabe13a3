import { Button } from '@mantine/core';
import { ofName, sayAgo } from '../../../../web/say.ts';
import { Comparison } from '../../../../web/ui/ConflictPanel.tsx';
import { Note } from '../../../../web/ui/states.tsx';
import css from './editor.module.css';
import { compareModels, mergeModels } from './merge.rules.ts';
import type { Editor } from './use-editor.ts';

/** Two people wrote in the same draft: both versions in words, and both together where they did not touch the same thing. */
export function Conflict({ editor }: { editor: Editor }) {
  if (!editor.conflict) return null;
  const { theirs, who, at } = editor.conflict;
  const rows = compareModels(theirs.model, editor.model);
  const both = mergeModels(editor.base, editor.model, theirs.model);
  return (
    <section className={`card pad stack ${css.conflict}`} aria-label="Deux versions">
      <Note tone="warning" live>
        <b>{who}</b> a enregistré ce brouillon {sayAgo(at)}, pendant que vous écriviez. Rien n’est perdu : votre saisie
        est conservée.{' '}
        {both ? 'Vous n’avez pas changé les mêmes choses : les deux peuvent être gardées.' : 'Choisissez.'}
      </Note>
      <Comparison rows={rows} before={`Version ${ofName(who)}`} after="Votre saisie" />
      <div className="row wrap">
        {both && (
          <Button loading={editor.pending} onClick={() => editor.keepBoth(both)}>
            Garder les deux
          </Button>
        )}
        <Button variant="default" onClick={editor.takeTheirs}>
          Garder la version {ofName(who)}
        </Button>
        <Button variant={both ? 'default' : 'light'} loading={editor.pending} onClick={editor.keepMine}>
          Enregistrer ma version
        </Button>
      </div>
    </section>
  );
}
