import { type ModelKind, modelKinds, type ModelLine } from '../contract/models.ts';
import { drawPaper } from '../papers/templates.ts';
import { sayDay } from '../policy/tracks.rules.ts';

interface Around {
  region: string;
  /** Empty: the region's own. */
  team: string;
  version: number;
  adjusted: boolean;
  at: Date;
  /** ISO day on which it is printed. */
  on: string;
}
/** A model to print, and to fill by hand: the page and its file name. */
export function drawModel(
  kind: ModelKind,
  lines: readonly ModelLine[],
  { region, team, version, adjusted, at, on }: Around,
): [Buffer, string] {
  const { label } = modelKinds[kind];
  const edition = version === 0 ? 'modèle fourni' : `édition ${version}`;
  const data = {
    title: label,
    region: team || region,
    right: [edition.charAt(0).toUpperCase() + edition.slice(1), `Le ${sayDay(on)}`],
    foot: `${label} · ${edition}${adjusted ? ', propre à cette équipe' : ''}`,
    groups: [...Map.groupBy(lines, ({ group }) => group)].map(([title, those]) => ({ title, lines: those })),
  };
  return [drawPaper({ kind: `model-${kind.split('-')[0]}`, at, data }), `${label}${team && ` ${team}`}`];
}
