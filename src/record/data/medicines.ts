import { table } from './medicine-table.ts';

/**
 * Common medicines by their substance (DCI), with the forms and strengths that are usual in French primary care: a quick pick that needs no file. Public facts in our own words: names
 * are the international ones, ATC codes those of the WHO where one code fits the forms listed. It says nothing of doses, indications or interactions: that is a prescribing aid's.
 *
 * name|ATC|form:strengths;form:strengths|other words. Strengths of associations are written in the order of the name.
 */
const forms = {
  c: ['comprimé', 'orale'],
  cp: ['comprimé pelliculé', 'orale'],
  clp: ['comprimé à libération prolongée', 'orale'],
  cgr: ['comprimé gastro-résistant', 'orale'],
  cod: ['comprimé orodispersible', 'orale'],
  ce: ['comprimé effervescent', 'orale'],
  sl: ['comprimé sublingual', 'sublinguale'],
  cc: ['comprimé à croquer', 'orale'],
  g: ['gélule', 'orale'],
  glp: ['gélule à libération prolongée', 'orale'],
  ggr: ['gélule gastro-résistante', 'orale'],
  cap: ['capsule molle', 'orale'],
  sb: ['solution buvable', 'orale'],
  gt: ['solution buvable en gouttes', 'orale'],
  su: ['poudre pour suspension buvable', 'orale'],
  si: ['sirop', 'orale'],
  sa: ['poudre pour solution buvable en sachet', 'orale'],
  am: ['solution buvable en ampoule', 'orale'],
  sup: ['suppositoire', 'rectale'],
  lav: ['solution rectale', 'rectale'],
  sc: ['solution injectable', 'sous-cutanée'],
  st: ['solution injectable en stylo prérempli', 'sous-cutanée'],
  im: ['solution injectable', 'intramusculaire'],
  iv: ['poudre pour solution injectable', 'intraveineuse ou intramusculaire'],
  inh: ['suspension pour inhalation en flacon pressurisé', 'inhalée'],
  pi: ['poudre pour inhalation', 'inhalée'],
  neb: ['solution pour inhalation par nébuliseur', 'inhalée'],
  na: ['suspension pour pulvérisation nasale', 'nasale'],
  cr: ['crème', 'cutanée'],
  po: ['pommade', 'cutanée'],
  gel: ['gel', 'cutanée'],
  lo: ['solution pour application cutanée', 'cutanée'],
  em: ['emplâtre médicamenteux', 'cutanée'],
  pa: ['dispositif transdermique', 'transdermique'],
  ve: ['vernis à ongles', 'cutanée'],
  co: ['collyre en solution', 'ophtalmique'],
  po2: ['pommade ophtalmique', 'ophtalmique'],
  au: ['solution pour instillation auriculaire', 'auriculaire'],
  ov: ['ovule', 'vaginale'],
  cv: ['crème vaginale', 'vaginale'],
  cpv: ['capsule vaginale', 'vaginale'],
  an: ['anneau vaginal', 'vaginale'],
  bb: ['solution pour bain de bouche', 'buccale'],
  pas: ['pastille à sucer', 'buccale'],
  go: ['gomme à mâcher', 'buccale'],
  spr: ['solution pour pulvérisation sublinguale', 'sublinguale'],
  im2: ['implant', 'sous-cutanée'],
  diu: ['dispositif intra-utérin', 'intra-utérine'],
} as const;

export interface UsualMedicine {
  /** International name, or the names of an association. */
  name: string;
  atc: string;
  words: string;
  forms: readonly { form: string; route: string; strengths: readonly string[] }[];
}
export const usualMedicines: readonly UsualMedicine[] = table.split('\n').map((row) => {
  const [name = '', atc = '', kinds = '', words = ''] = row.split('|');
  return {
    name,
    atc,
    words,
    forms: kinds
      .split(';')
      .filter(Boolean)
      .map((part) => {
        const [key = '', strengths = ''] = part.split(':');
        const [form, route] = forms[key as keyof typeof forms];
        // A comma after a figure is a decimal one.
        return { form, route, strengths: strengths.split(/(?<=\D),/).filter(Boolean) };
      }),
  };
});
export const pharmaceuticalForms: readonly { form: string; route: string }[] = Object.values(forms)
  .map(([form, route]) => ({ form, route }))
  .filter((one, at, all) => all.findIndex((other) => other.form === one.form) === at);
