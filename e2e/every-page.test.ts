/**
 * Every page and its main states, on a desk and on a telephone, light and dark: no WCAG 2.2 AA violation (axe), nothing that is cut
 * or out of reach (layout.ts). Pictures go to test-results/screens/, to be looked at.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { desk, type Page, results, root, scenario, telephone } from './harness.ts';
import { misfits } from './layout.ts';
import { panel, recordShown } from './people.ts';

const screens = join(results, 'screens');
mkdirSync(screens, { recursive: true });

interface View {
  name: string;
  /** Nobody when absent. */
  who?: string;
  path: string;
  /** What must be on screen before one looks. */
  shows: string | RegExp | ((page: Page) => Promise<unknown>);
  act?: (page: Page) => Promise<unknown>;
  /** The part that this view is about: axe looks at it alone, the page around has a view of its own. */
  within?: string;
}
const jean = '/patients/pat-jean-kerleau';
const doctor = 'anne.kermarrec';
const record = (name: string) => (page: Page) => recordShown(page, new RegExp(name, 'i'));
const beside = (name: string, volet: string, title: string | RegExp, path = jean): View => ({
  name: `dossier-${name}`,
  who: doctor,
  path: `${path}?volet=${volet}`,
  within: 'aside',
  shows: (page) => panel(page).getByRole('heading', { level: 2, name: title }).first().waitFor(),
});

/** A part of the project of the Abers, for whoever may know of it. */
async function ofAbers(page: Page, query: string, shows: string | RegExp): Promise<void> {
  const { projects } = await (await page.request.get('/api/programme/projects')).json();
  await page.goto(
    `/programme/projets/${projects.find(({ team, state }: { team: string; state: string }) => /Abers/.test(team) && state === 'open').id}?${query}`,
  );
  await page.getByText(shows).first().waitFor();
}

const views: View[] = [
  { name: 'connexion', path: '/connexion', shows: 'Comptes de démonstration' },
  {
    name: 'simulateur',
    path: '/programme/simulateur?appel=sip-2021&p.physician=3&p.nurse=4&p.asalee-nurse=1&abonnement=42&f.aci.member=oui',
    shows: 'Non remplie',
  },
  {
    name: 'resultats-publics',
    path: '/programme/resultats/ars-bretagne-demonstration/sip-2021',
    shows: /Équipes retenues/,
  },
  { name: 'region-accueil', who: 'maiwenn.kerdoncuff', path: '/', shows: 'Ce que vous trouvez ici' },
  {
    name: 'region-appels',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/appels',
    shows: (page) => page.getByRole('row', { name: /SIP 2024/ }).waitFor(),
  },
  {
    name: 'region-preparer',
    within: 'aside',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/appels?volet=nouveau',
    shows: 'À partir de',
  },
  { name: 'region-appel', who: 'florian.weber', path: '/programme/appels/sip-2024', shows: 'Calendrier et places' },
  {
    name: 'region-modifier',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/appels/sip-2024/modifier?partie=conditions',
    shows: 'Comment y remédier',
  },
  {
    name: 'region-essayer',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/appels/sip-2024/modifier?partie=classement&cote=essai',
    shows: 'Ce que l’appel répondrait',
  },
  {
    name: 'region-dossiers',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/dossiers?appel=sip-2021',
    shows: (page) => page.getByRole('row', { name: /Penthièvre/ }).waitFor(),
  },
  {
    name: 'region-dossier',
    who: 'gildas.ollivier',
    path: '/programme/dossiers?appel=sip-2021',
    shows: (page) => page.getByRole('row', { name: /Penthièvre/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Penthièvre/ })
        .click()
        .then(() => page.getByText('Points du classement').waitFor()),
  },
  {
    name: 'region-classement',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/dossiers/classement?appel=sip-2021&places=8',
    shows: (page) =>
      page
        .getByRole('row', { name: /Penthièvre/ })
        .first()
        .waitFor(),
  },
  {
    name: 'region-courriers',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/dossiers/courriers?appel=sip-2021',
    shows: (page) => page.getByRole('row', { name: /Penthièvre/ }).waitFor(),
  },
  {
    name: 'region-projets',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/projets',
    shows: (page) => page.getByRole('row', { name: /Brocéliande/ }).waitFor(),
  },
  {
    name: 'region-projet',
    who: 'berengere.salou',
    path: '/programme/projets',
    shows: (page) => page.getByRole('row', { name: /Brocéliande/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Brocéliande/ })
        .click()
        .then(() => page.getByText('Pour clore cette étape').waitFor()),
  },
  {
    name: 'projet-documents',
    who: 'tristan.le-corre',
    path: '/programme',
    shows: 'Votre projet',
    act: (page) =>
      page
        .getByRole('link', { name: 'Ouvrir le projet' })
        .click()
        .then(() => page.getByRole('tab', { name: 'Documents' }).click())
        .then(() => page.getByText('Fichiers joints').waitFor()),
  },
  ...(
    [
      ['reunions', 'Mené', 'Réunions', 'Date choisie'],
      ['sondage', 'Douron', 'Réunions', 'la meilleure'],
      ['usage', 'Vilaine', 'Usage et clôture', 'Repères de bon usage'],
      ['pv', 'Abers', 'Usage et clôture', 'Formations tenues'],
    ] as const
  ).map(
    ([name, team, tab, shown]): View => ({
      name: `projet-gatherings-${name}`,
      who: 'berengere.salou',
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: new RegExp(team) }).waitFor(),
      act: (page) =>
        page
          .getByRole('row', { name: new RegExp(team) })
          .click()
          .then(() => page.getByRole('tab', { name: tab }).click())
          .then(() => page.getByText(shown).first().waitFor()),
    }),
  ),
  ...(
    [
      ['reponses', 'Douron', /^Toutes les réponses/, 'Il manque'],
      ['proposer', 'Mené', 'Proposer des dates', 'Répondre au plus tard le'],
      ['compte-rendu', 'Abers', /^Corriger : /, 'Ordre du jour'],
    ] as const
  ).map(
    ([name, team, button, shown]): View => ({
      name: `projet-gatherings-${name}`,
      who: 'berengere.salou',
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: new RegExp(team) }).waitFor(),
      act: (page) =>
        page
          .getByRole('row', { name: new RegExp(team) })
          .click()
          .then(() => page.getByRole('tab', { name: 'Réunions' }).click())
          .then(() => page.getByRole('button', { name: button }).first().click())
          .then(() => page.getByText(shown).first().waitFor()),
    }),
  ),
  { name: 'sondage-gatherings-perime', path: `/programme/sondage/1.${'a'.repeat(43)}`, shows: 'Lien périmé' },
  {
    name: 'projet-personnes',
    who: 'corentin.le-dantec',
    path: '/programme/projets',
    shows: (page) => page.getByRole('row', { name: /Brocéliande/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Brocéliande/ })
        .click()
        .then(() => page.getByRole('tab', { name: 'Personnes' }).click())
        .then(() => page.getByText('Arrêter le projet').first().waitFor()),
  },
  ...(
    [
      ['projet-argent', 'berengere.salou', 'Trégor', (page: Page) => page.getByText('Calcul du plafond').waitFor()],
      ['projet-argent-choix', 'berengere.salou', 'Groix', (page: Page) => page.getByRole('article').first().waitFor()],
      [
        'projet-argent-ars',
        'maiwenn.kerdoncuff',
        'Baud',
        (page: Page) => page.getByText('Certificat de service fait').first().waitFor(),
      ],
    ] as const
  ).map(
    ([name, who, team, shown]): View => ({
      name,
      who,
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: new RegExp(team) }).waitFor(),
      act: (page) =>
        page
          .getByRole('row', { name: new RegExp(team) })
          .click()
          .then(() => page.getByRole('tab', { name: 'Argent' }).click())
          .then(() => shown(page)),
    }),
  ),
  ...(
    [
      ['devis', 'berengere.salou', 'Groix', 'Saisir un devis', 'Fournisseur'],
      ['importer', 'berengere.salou', 'Groix', 'Importer', 'Modèle à remplir'],
      ['composition', 'berengere.salou', 'Groix', 'Composition', 'Toutes les professions'],
      [
        'paiement',
        'maiwenn.kerdoncuff',
        'Baud',
        'Enregistrer le paiement du versement 1',
        'Référence comptable, facultative',
      ],
      ['avenant', 'maiwenn.kerdoncuff', 'Trégor', 'Préparer un avenant', 'Il est écrit dans l’avenant.'],
    ] as const
  ).map(
    ([name, who, team, button, shown]): View => ({
      name: `projet-argent-${name}`,
      within: 'aside',
      who,
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: new RegExp(team) }).waitFor(),
      act: (page) =>
        page
          .getByRole('row', { name: new RegExp(team) })
          .click()
          .then(() => page.getByRole('tab', { name: 'Argent' }).click())
          .then(() => page.getByRole('button', { name: button }).click())
          .then(() => panel(page).getByText(shown).first().waitFor()),
    }),
  ),
  {
    name: 'region-montants',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/appels/sip-2024/modifier?partie=montants',
    shows: 'Jamais comptées ni financées',
  },
  { name: 'vendeur-devis', who: 'florian.weber', path: '/programme/devis', shows: /^Demande du/ },
  {
    name: 'modeles',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/modeles',
    shows: (page) => page.getByRole('row', { name: /Clauses du contrat/ }).waitFor(),
  },
  {
    name: 'modele-modifier',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/modeles/clauses?volet=modifier',
    shows: /^Publier l’édition \d/,
    act: (page) => page.getByRole('button', { name: /Réversibilité/, expanded: false }).click(),
  },
  {
    name: 'modele-lire',
    who: 'berengere.salou',
    path: '/programme/modeles/outline-msp',
    shows: 'Soins non programmés',
  },
  {
    name: 'projet-modele-adapter',
    within: 'aside',
    who: 'berengere.salou',
    path: '/programme/projets',
    shows: (page) => page.getByRole('row', { name: /Maison de santé des Abers/ }).waitFor(),
    act: (page) => ofAbers(page, 'onglet=choix&vue=demonstrations&volet=adapter', 'Pour ce projet seulement'),
  },
  {
    name: 'budget',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/budget',
    shows: (page) => page.getByRole('row', { name: /Trégor/ }).waitFor(),
  },
  {
    name: 'budget-enveloppe',
    within: 'aside',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/budget?volet=enveloppe',
    shows: 'Motif du changement',
  },
  {
    name: 'carte',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/carte?equipe=equipe-trieux',
    shows: (page) => page.getByRole('button', { name: /Trieux, Pontrieux/ }).waitFor(),
  },
  {
    name: 'carte-retard',
    who: 'berengere.salou',
    path: '/programme/carte?couleur=retard',
    shows: (page) => page.getByRole('row', { name: /Brocéliande/ }).waitFor(),
  },
  {
    name: 'carte-placer',
    within: 'aside',
    who: 'corentin.le-dantec',
    path: '/programme/carte',
    shows: (page) => page.getByRole('button', { name: 'Placer', exact: true }).first().waitFor(),
    act: (page) =>
      page
        .getByRole('button', { name: 'Placer', exact: true })
        .first()
        .click()
        .then(() => page.getByText('Où est cette équipe ?').waitFor()),
  },
  {
    name: 'carte-rien',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/carte?q=zzzz',
    shows: 'Aucune équipe ne correspond à ces filtres',
  },
  {
    name: 'envois',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/envois',
    shows: (page) => page.getByRole('row').nth(5).waitFor(),
  },
  {
    name: 'envoi',
    within: 'aside',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/envois?genre=letter',
    shows: (page) => page.getByRole('row').nth(5).waitFor(),
    act: (page) =>
      page
        .getByRole('row')
        .nth(1)
        .click()
        .then(() => page.getByRole('region', { name: 'Message' }).waitFor()),
  },
  {
    name: 'region-etapes',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/appels/sip-2024/modifier?partie=etapes',
    shows: 'Du lancement à la fin, au plus',
    act: (page) => page.getByText('4. Recueil des besoins').first().click(),
  },
  ...(
    [
      ['maturite', 'tristan.le-corre', '/programme/maturite', 'Où en est l’équipe'],
      ['aide', 'soizic.abgrall', '/programme/aide', /AIDE-/],
      ['aide-evolutions', 'pauline.gauthier', '/programme/aide?onglet=evolutions', 'Envoyées aux éditeurs'],
      ['demandes', 'corentin.le-dantec', '/programme/demandes', /AIDE-/],
      ['demandes-evolutions', 'corentin.le-dantec', '/programme/demandes?onglet=evolutions', 'Envoyées aux éditeurs'],
      ['demandes-editeur', 'florian.weber', '/programme/demandes?onglet=evolutions', 'Envoyées aux éditeurs'],
    ] as const
  ).map(([name, who, path, shows]): View => ({ name, who, path, shows })),
  ...(
    [
      ['aide-nouvelle', 'soizic.abgrall', '/programme/aide?volet=nouvelle', 'Une panne'],
      ['evolution-ecrire', 'soizic.abgrall', '/programme/aide?onglet=evolutions&volet=voix', 'Logiciel'],
      ['maturite-action', 'tristan.le-corre', '/programme/maturite?volet=action', 'Responsable'],
    ] as const
  ).map(
    ([name, who, path, shows]): View => ({
      name,
      who,
      path,
      within: 'aside',
      shows: (page) => panel(page).getByText(shows).first().waitFor(),
    }),
  ),
  ...(
    [
      ['maturite', /Combourg/, 'Maturité', 'organisation non définie'],
      ['equipe', /Trégor/, 'Équipe et temps', 'Équipe projet'],
      ['deploiement', /Trégor/, 'Déploiement', 'Phases par profession'],
    ] as const
  ).map(
    ([name, team, tab, shown]): View => ({
      name: `projet-${name}`,
      who: 'berengere.salou',
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: team }).waitFor(),
      act: (page) =>
        page
          .getByRole('row', { name: team })
          .click()
          .then(() => page.getByRole('tab', { name: tab }).click())
          .then(() => page.getByText(shown).first().waitFor()),
    }),
  ),
  ...(
    [
      ['listes', 'Avant : cadrer'],
      ['parc', 'Postes, réseau, logiciels, dossiers'],
      ['formation', 'Personnes formées'],
    ] as const
  ).map(
    ([vue, shown]): View => ({
      name: `projet-${vue}`,
      who: 'berengere.salou',
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: /Trégor/ }).waitFor(),
      act: (page) =>
        page
          .getByRole('row', { name: /Trégor/ })
          .click()
          .then(() => page.waitForURL(/projets\/./))
          .then(() => page.goto(`${page.url().split('?')[0]}?onglet=deploiement&vue=${vue}`))
          .then(() => page.getByText(shown).first().waitFor()),
    }),
  ),
  {
    name: 'region-formulaire',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/appels/sip-2024/modifier?partie=formulaire',
    shows: 'Ajouter une partie',
  },
  ...['corentin.le-dantec', 'berengere.salou', 'gildas.ollivier', 'florian.weber', 'annaig.pogam'].map(
    (who): View => ({ name: `region-accueil-${who}`, who, path: '/region', shows: 'Aujourd’hui' }),
  ),
  { name: 'programme', who: 'tristan.le-corre', path: '/programme', shows: 'Simuler un financement' },
  {
    name: 'programme-dossier',
    who: 'tristan.le-corre',
    path: '/programme',
    shows: 'Continuer le dossier',
    act: (page) =>
      page
        .getByRole('link', { name: 'Continuer le dossier' })
        .click()
        .then(() => page.getByText('Où en est le dossier').waitFor()),
  },
  {
    name: 'programme-decide',
    who: 'tristan.le-corre',
    path: '/programme',
    shows: 'Ouvrir le dossier',
    act: (page) =>
      page
        .getByRole('link', { name: 'Ouvrir le dossier' })
        .last()
        .click()
        .then(() => page.getByText('Courrier de décision (PDF)').waitFor()),
  },
  {
    name: 'parcours-region',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/parcours',
    shows: (page) => page.getByRole('row', { name: /Couesnon/ }).waitFor(),
  },
  {
    name: 'parcours-ouvrir',
    within: 'aside',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/parcours?volet=ouvrir',
    shows: 'Forme visée',
  },
  {
    name: 'parcours-demande',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/parcours?etat=requested',
    shows: (page) => page.getByRole('row', { name: /Arrée/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Arrée/ })
        .click()
        .then(() => page.getByText(/Avant d’accepter/).waitFor()),
  },
  {
    name: 'parcours-decider',
    who: 'maiwenn.kerdoncuff',
    path: '/programme/parcours',
    shows: (page) => page.getByRole('row', { name: /Trieux/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Trieux/ })
        .click()
        .then(() => page.getByRole('button', { name: 'Valider le projet' }).waitFor()),
  },
  {
    name: 'parcours-avis',
    who: 'rachel.tonnerre',
    path: '/programme/parcours',
    shows: (page) => page.getByRole('row', { name: /Trieux/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Trieux/ })
        .click()
        .then(() => page.getByText('Mon avis', { exact: true }).waitFor()),
  },
  ...(['equipe', 'soutien', 'projet', 'documents'] as const).map(
    (onglet): View => ({
      name: `parcours-${onglet}`,
      who: 'pauline.gauthier',
      path: '/programme/parcours',
      shows: (page) => page.getByRole('row', { name: /Vilaine/ }).waitFor(),
      act: (page) =>
        page
          .getByRole('row', { name: /Vilaine/ })
          .click()
          .then(() => page.waitForURL(/parcours\/./))
          .then(() => page.goto(`${page.url()}?onglet=${onglet}`))
          .then(() => page.getByRole('tab', { selected: true }).waitFor())
          .then(() =>
            page
              .getByText(
                {
                  equipe: 'Vérifications',
                  soutien: 'Séances de travail',
                  projet: 'Versions',
                  documents: 'Documents produits',
                }[onglet],
                { exact: true },
              )
              .waitFor(),
          ),
    }),
  ),
  {
    name: 'parcours-rencontre',
    within: 'aside',
    who: 'pauline.gauthier',
    path: '/programme/parcours',
    shows: (page) => page.getByRole('row', { name: /Vilaine/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Vilaine/ })
        .click()
        .then(() => page.getByRole('tab', { name: 'Équipe et rencontres' }).click())
        .then(() => page.getByRole('button', { name: 'Noter une rencontre' }).click())
        .then(() => page.getByLabel('Compte rendu').waitFor()),
  },
  {
    name: 'parcours-actions',
    who: 'tristan.le-corre',
    path: '/programme/parcours',
    shows: (page) => page.getByRole('row', { name: /Abers/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Abers/ })
        .click()
        .then(() => page.getByText('Convention d’un an').waitFor()),
  },
  ...(['questionnaire', 'personnes', 'reponses', 'synthese', 'cahier'] as const).map(
    (view): View => ({
      name: `projet-besoins-${view}`,
      who: 'berengere.salou',
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: /Maison de santé des Abers/ }).waitFor(),
      act: (page) =>
        ofAbers(
          page,
          `onglet=besoins&vue=${view}`,
          {
            questionnaire: 'Qui a répondu',
            personnes: 'Ajouter des personnes',
            reponses: 'L’équipe ne lit que la synthèse.',
            synthese: 'En quelques mots',
            cahier: 'Exigences',
          }[view],
        ),
    }),
  ),
  ...(['grille', 'demonstrations', 'decision', 'contrat'] as const).map(
    (view): View => ({
      name: `projet-choix-${view}`,
      who: 'berengere.salou',
      path: '/programme/projets',
      shows: (page) => page.getByRole('row', { name: /Maison de santé des Abers/ }).waitFor(),
      act: (page) =>
        ofAbers(
          page,
          `onglet=choix&vue=${view}`,
          {
            grille: 'Exigence par exigence',
            demonstrations: 'Visites à des équipes déjà équipées',
            decision: 'Enregistrer le choix final',
            contrat: 'À relire',
          }[view],
        ),
    }),
  ),
  {
    name: 'questionnaire-lien',
    who: 'soizic.abgrall',
    path: '/programme',
    shows: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
    act: async (page) =>
      ofAbers(page, 'onglet=besoins', /mes réponses|Répondre au questionnaire/)
        .then(() => page.getByRole('button', { name: /mes réponses|Répondre au questionnaire/ }).click())
        .then(() => page.getByRole('heading', { name: 'Vos outils d’aujourd’hui' }).waitFor()),
  },
  {
    name: 'questionnaire-inconnu',
    path: '/programme/questionnaire/1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    shows: 'Ce lien n’ouvre aucun questionnaire',
  },
  { name: 'editeur-cahiers', who: 'florian.weber', path: '/programme/cahier', shows: 'Équipes qui vous sollicitent' },
  { name: 'invitation-perimee', path: '/invitation?token=inconnu', shows: 'Cette invitation n’est plus valable' },
  ...[
    doctor,
    'soizic.abgrall',
    'erwan.quemeneur',
    'lucie.henaff',
    'maryvonne.pellen',
    'tristan.le-corre',
    'ewen.salaun',
    'julie.castel',
  ].map(
    (who): View => ({
      name: `journee-${who}`,
      who,
      path: '/',
      shows: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
    }),
  ),
  { name: 'patients', who: doctor, path: '/patients?q=le', shows: (page) => page.getByRole('row').nth(3).waitFor() },
  { name: 'patients-accueil', who: doctor, path: '/patients', shows: 'Chercher un patient' },
  {
    name: 'patients-recherche',
    who: doctor,
    path: '/patients?q=kerl',
    shows: (page) =>
      page
        .getByRole('row', { name: /KERLEAU/ })
        .first()
        .waitFor(),
  },
  { name: 'patients-aucun', who: doctor, path: '/patients?q=zzzzzz', shows: 'Aucun patient trouvé' },
  { name: 'patient-nouveau', who: doctor, path: '/patients/nouveau', shows: 'Déjà dans la structure ?' },
  {
    name: 'patient-nouveau-doublon',
    who: doctor,
    path: '/patients/nouveau',
    shows: 'Déjà dans la structure ?',
    async act(page) {
      await page.getByLabel('Nom de naissance').fill('Kerleau');
      await page.getByLabel('Prénoms de naissance').fill('Jean');
      await page
        .getByText(/patient est probablement le même|KERLEAU/)
        .first()
        .waitFor();
    },
  },
  { name: 'doublons', who: 'maryvonne.pellen', path: '/patients/doublons', shows: 'À comparer' },
  {
    name: 'doublons-paire',
    who: 'maryvonne.pellen',
    path: '/patients/doublons?paire=pat-jean-kerleau~pat-malo-riou',
    shows: 'L’identité qui reste',
  },
  { name: 'dossier', who: doctor, path: jean, shows: record('Kerleau') },
  { name: 'dossier-enfant', who: 'ines.benjelloun', path: '/patients/pat-malo-riou', shows: record('Riou') },
  {
    name: 'dossier-historique',
    within: '#historique',
    who: doctor,
    path: `${jean}?genre=measure,note&profession=physician#historique`,
    shows: record('Kerleau'),
  },
  {
    name: 'dossier-historique-vide',
    within: '#historique',
    who: doctor,
    path: `${jean}?q=zzzzzz`,
    shows: 'Rien ne correspond à ces filtres',
  },
  beside('mesure', 'mesure', 'Ajouter des mesures'),
  beside('note', 'note', 'Écrire une note'),
  beside('volets', 'volets', 'Remplir un volet'),
  beside('courrier', 'courrier', 'Écrire un courrier'),
  {
    name: 'courriers',
    who: doctor,
    path: `${jean}/courriers`,
    shows: (page) => page.getByRole('row', { name: /Pédicurie/ }).waitFor(),
  },
  {
    name: 'courrier-nouveau',
    who: doctor,
    path: `${jean}/courriers/nouveau?modele=modele-adressage`,
    shows: (page) => page.getByRole('textbox', { name: 'Texte', exact: true }).waitFor(),
  },
  {
    name: 'courrier-a-signer',
    who: doctor,
    path: `${jean}/courriers`,
    shows: (page) => page.getByRole('row', { name: /Adressage de/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Adressage de/ })
        .first()
        .click()
        .then(() => page.getByText('À compléter avant de signer').waitFor()),
  },
  {
    name: 'courrier-signe',
    who: doctor,
    path: `${jean}/courriers`,
    shows: (page) => page.getByRole('row', { name: /Pédicurie/ }).waitFor(),
    act: (page) =>
      page
        .getByRole('row', { name: /Pédicurie/ })
        .first()
        .click()
        .then(() => page.getByText('Ce qu’il est').waitFor()),
  },
  {
    name: 'modeles',
    who: doctor,
    path: '/modeles',
    shows: (page) => page.getByRole('row', { name: /Fiche de liaison/ }).waitFor(),
  },
  { name: 'modele', who: doctor, path: '/modeles/modele-fiche-liaison', shows: 'Essai sur un patient' },
  { name: 'en-tete', who: 'maryvonne.pellen', path: '/modeles/en-tete', shows: 'Mentions légales' },
  beside('volet-plaie', 'volet:volet-plaie', 'Suivi de plaie avec photo'),
  beside('volet-escarre', 'volet:volet-escarre', 'Risque d’escarre'),
  {
    name: 'resultats',
    who: doctor,
    path: `${jean}/resultats`,
    shows: (page) => page.getByRole('table', { name: /Analyses en lignes/ }).waitFor(),
  },
  {
    name: 'resultats-a-valider',
    who: doctor,
    path: '/resultats',
    shows: (page) => page.getByRole('list', { name: 'Résultats à valider' }).getByRole('listitem').first().waitFor(),
  },
  beside('resultats-saisir', 'saisir-resultats', 'Saisir des résultats'),
  {
    name: 'synthese',
    who: doctor,
    path: `${jean}/synthese`,
    shows: (page) => page.getByRole('heading', { level: 1, name: 'Synthèse médicale' }).waitFor(),
    act: async (page) => {
      const begin = page.getByRole('button', { name: 'Préparer la synthèse' });
      await begin
        .or(page.getByRole('region', { name: 'Pathologies en cours' }))
        .first()
        .waitFor();
      if (await begin.count()) await begin.click();
      await page.getByRole('region', { name: 'Pathologies en cours' }).waitFor();
    },
  },
  {
    name: 'documents-classer',
    who: 'maryvonne.pellen',
    path: '/documents?vue=classer',
    shows: (page) => page.getByRole('img', { name: /, page 1$/ }).waitFor(),
  },
  {
    name: 'documents-lire',
    who: doctor,
    path: '/documents?vue=lire',
    shows: (page) => page.getByRole('img', { name: /, page 1$/ }).waitFor(),
  },
  {
    name: 'documents-chercher',
    who: doctor,
    path: '/documents?vue=chercher&q=consultation',
    shows: (page) => page.getByRole('region', { name: 'Résultats' }).getByRole('link').first().waitFor(),
  },
  {
    name: 'documents-suivi',
    who: 'tristan.le-corre',
    path: '/documents',
    shows: (page) => page.getByRole('table').waitFor(),
  },
  {
    name: 'volets',
    who: 'tristan.le-corre',
    path: '/volets',
    shows: (page) => page.getByRole('row', { name: /Risque de chute/ }).waitFor(),
  },
  {
    name: 'volet-editeur',
    who: 'tristan.le-corre',
    path: '/volets/volet-escarre',
    shows: 'Échelle de Norton',
    act: (page) =>
      page
        .getByRole('button', { name: 'Régler : Condition physique' })
        .click()
        .then(() => page.getByLabel('Réponses, une par ligne').waitFor()),
  },
  beside('probleme', 'probleme', 'Ajouter un problème'),
  beside('allergie', 'allergie', 'Ajouter une allergie'),
  beside('vaccin', 'vaccin', 'Ajouter un vaccin'),
  beside('document', 'document', 'Ajouter un document'),
  beside('traitement', 'traitement', 'Ajouter un traitement'),
  {
    name: 'traitements',
    who: doctor,
    path: `${jean}/traitements`,
    shows: (page) => page.getByRole('heading', { level: 1, name: 'Traitements' }).waitFor(),
    act: (page) => page.getByText('Propositions en attente').waitFor(),
  },
  {
    name: 'traitements-reponse',
    within: 'aside',
    who: doctor,
    path: `${jean}/traitements?proposition=jean-kerleau-proposition-1`,
    shows: (page) => panel(page).getByText('Répondre à la proposition').waitFor(),
  },
  {
    name: 'traitements-delivrance',
    within: 'aside',
    who: 'lucie.henaff',
    path: `${jean}/traitements`,
    shows: (page) =>
      page
        .getByRole('button', { name: /^Noter une délivrance/ })
        .first()
        .waitFor(),
    act: (page) =>
      page
        .getByRole('button', { name: /^Noter une délivrance/ })
        .first()
        .click()
        .then(() => panel(page).getByLabel('Quantité').waitFor()),
  },
  {
    name: 'traitements-delivrance-corrigee',
    within: 'aside',
    who: 'lucie.henaff',
    path: `${jean}/traitements`,
    shows: (page) =>
      page
        .getByRole('button', { name: /^Actions sur/ })
        .first()
        .waitFor(),
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Actions sur/ })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Voir les délivrances' }).click();
      await panel(page)
        .getByRole('button', { name: /^Corriger la délivrance/ })
        .first()
        .click();
      await panel(page).getByLabel('Ce qui est corrigé, et pourquoi').waitFor();
    },
  },
  {
    name: 'traitements-conciliation',
    who: doctor,
    path: `${jean}/traitements?mode=concilier`,
    shows: (page) => page.getByRole('region', { name: 'Conciliation', exact: true }).waitFor(),
  },
  beside('antecedent', 'antecedent', /antécédent/i),
  beside('antecedent-social', 'antecedent:social', /antécédent/i),
  beside('alerte', 'alerte', 'Signaler une alerte'),
  beside('objectif', 'objectif', /objectif/i),
  beside('equipe', 'equipe', 'Équipe de soins'),
  beside('choix', 'choix', 'Choix du patient'),
  beside('acces', 'acces', 'Qui a consulté ce dossier'),
  beside('allergies', 'allergies', 'Allergies et intolérances'),
  {
    ...beside('courbe', 'courbe:4548-4', /HbA1c|Hémoglobine/),
    act: (page) => panel(page).getByRole('img').first().waitFor(),
  },
  {
    ...beside('courbe-tension', 'courbe:85354-9', /Pression artérielle/),
    act: (page) => panel(page).getByRole('img').first().waitFor(),
  },
  {
    ...beside('courbe-tableau', 'courbe:4548-4&tableau=oui', /HbA1c|Hémoglobine/),
    act: (page) => panel(page).getByRole('table').waitFor(),
  },
  { ...beside('croissance', 'courbe:29463-7', /Poids/, '/patients/pat-malo-riou'), who: 'ines.benjelloun' },
  {
    name: 'dossier-entree',
    within: 'aside',
    who: doctor,
    path: jean,
    shows: record('Kerleau'),
    async act(page) {
      await page.getByRole('region', { name: 'Problèmes' }).getByRole('listitem').first().getByRole('button').click();
      await panel(page)
        .getByRole('button', { name: /Version 1|versions/ })
        .click();
    },
  },
  {
    name: 'dossier-document',
    within: 'aside',
    who: doctor,
    path: jean,
    shows: record('Kerleau'),
    async act(page) {
      await page
        .getByRole('region', { name: 'Courriers et documents' })
        .getByRole('listitem')
        .first()
        .getByRole('button')
        .click();
      await panel(page).getByRole('heading', { level: 2 }).waitFor();
    },
  },
  beside('pps', 'pps', 'Plan personnalisé de santé'),
  beside('demander-avis', 'demander-avis', 'Demander un avis'),
  { name: 'pps-page', who: doctor, path: `${jean}/pps`, shows: 'Mon plan de santé' },
  {
    name: 'protocoles',
    who: doctor,
    path: '/coordination/protocoles',
    shows: (page) => page.getByRole('row').nth(3).waitFor(),
  },
  {
    name: 'protocoles-aucun',
    who: 'maryvonne.pellen',
    path: '/coordination/protocoles?q=zzzz',
    shows: 'Aucun protocole trouvé',
  },
  {
    name: 'protocole',
    who: doctor,
    path: '/coordination/protocoles/protocole-diabete-type-2',
    shows: 'Pour qui, dans quel but',
  },
  {
    name: 'protocole-schema',
    who: doctor,
    path: '/coordination/protocoles/protocole-diabete-type-2?onglet=schema',
    shows: (page) => page.getByRole('group', { name: /Schéma/ }).waitFor(),
  },
  {
    name: 'protocole-tableau',
    who: doctor,
    path: '/coordination/protocoles/protocole-bpco?onglet=schema&vue=tableau',
    shows: (page) => page.getByRole('table').waitFor(),
  },
  {
    name: 'protocole-patient',
    who: 'soizic.abgrall',
    path: '/coordination/protocoles/protocole-surpoids-enfant-3-12?onglet=patient',
    shows: 'Appelez-nous si…',
  },
  {
    name: 'protocole-sources',
    who: 'soizic.abgrall',
    path: '/coordination/protocoles/protocole-anticoagulants-avk?onglet=sources',
    shows: 'Édition 1.0',
  },
  {
    name: 'protocole-modifier',
    who: 'tristan.le-corre',
    path: '/coordination/protocoles/protocole-soins-palliatifs-domicile',
    shows: 'Pour qui, dans quel but',
    async act(page) {
      await page.getByRole('button', { name: /^(Modifier|Continuer le brouillon)$/ }).click();
      await page
        .getByRole('navigation', { name: 'Plan du protocole' })
        .getByRole('button', { name: /Adapter l’antalgie/ })
        .click();
      await page.getByLabel('Ce qui est fait').waitFor();
      await page.getByRole('group', { name: /Schéma/ }).waitFor();
    },
  },
  beside('inclure', 'inclure', 'Inclure dans un protocole'),
  {
    ...beside('inclure-apercu', 'inclure:protocole-bpco', /BPCO/),
    act: (page) => panel(page).getByText('Ce qui sera demandé, à qui, pour quand').waitFor(),
  },
  {
    name: 'dossier-protocole',
    within: 'aside',
    who: doctor,
    path: jean,
    shows: record('Kerleau'),
    act: (page) =>
      page
        .getByRole('region', { name: 'Protocoles en cours' })
        .getByRole('button', { name: /Diabète de type 2/ })
        .first()
        .click()
        .then(() =>
          panel(page)
            .getByRole('heading', { name: /À venir|À faire|En retard/ })
            .first()
            .waitFor(),
        ),
  },
  { name: 'reunions', who: 'tristan.le-corre', path: '/coordination/reunions', shows: 'Prochaine réunion' },
  { name: 'reunions-infirmiere', who: 'soizic.abgrall', path: '/coordination/reunions', shows: 'Prochaine réunion' },
  {
    name: 'reunions-prevoir',
    who: 'tristan.le-corre',
    path: '/coordination/reunions?volet=prevoir',
    within: 'aside',
    shows: 'Trouver une date',
  },
  {
    name: 'reunion-preparer',
    who: 'tristan.le-corre',
    path: '/coordination/reunions/rcp-abers-next',
    shows: 'Fiche de préparation',
  },
  {
    name: 'reunion-preparer-medecin',
    who: doctor,
    path: '/coordination/reunions/rcp-abers-next',
    shows: 'Problèmes en cours',
  },
  {
    name: 'reunion-animer',
    who: doctor,
    path: '/coordination/reunions/rcp-abers-next?mode=animer',
    shows: (page) => page.getByLabel('Décisions').waitFor(),
  },
  {
    name: 'reunion-presences',
    who: 'tristan.le-corre',
    path: '/coordination/reunions/rcp-abers-next?volet=presences',
    within: 'aside',
    shows: 'Inviter quelqu’un de l’extérieur',
  },
  {
    name: 'reunion-relire',
    who: 'tristan.le-corre',
    path: '/coordination/reunions/rcp-abers-1',
    shows: 'Rouvrir pour corriger',
  },
  beside('proposer', 'proposer', 'Proposer en réunion'),
  {
    name: 'nouveautes',
    who: doctor,
    path: '/coordination/nouveautes',
    shows: (page) =>
      page
        .getByRole('button', { name: /marquer comme vues/ })
        .first()
        .waitFor(),
  },
  {
    name: 'avis',
    who: doctor,
    path: '/coordination/avis?vue=demandes',
    shows: 'Quel grade de risque',
    act: (page) =>
      page
        .getByRole('button', { name: /Quel grade de risque/ })
        .click()
        .then(() => panel(page).getByText('Grade 2').waitFor()),
  },
  {
    name: 'taches',
    who: 'soizic.abgrall',
    path: '/coordination/taches',
    shows: (page) => page.getByRole('button', { name: 'Urgentes' }).waitFor(),
  },
  {
    name: 'taches-sans-responsable',
    who: 'tristan.le-corre',
    path: '/coordination/taches?vue=unowned',
    shows: (page) => page.getByRole('listitem').nth(2).waitFor(),
  },
  {
    name: 'taches-secretaire',
    who: 'maryvonne.pellen',
    path: '/coordination/taches?vue=team',
    shows: (page) => page.getByText('contenu réservé aux soignants').first().waitFor(),
  },
  { name: 'taches-vide', who: 'soizic.abgrall', path: '/coordination/taches?q=zzzzzz', shows: 'Rien ne correspond' },
  {
    name: 'tache',
    within: 'aside',
    who: 'yann.tanguy',
    path: '/coordination/taches?q=plaie',
    shows: (page) =>
      page
        .getByRole('button', { name: /Regarder la plaie/ })
        .first()
        .waitFor(),
    act: (page) =>
      page
        .getByRole('button', { name: /Regarder la plaie/ })
        .first()
        .click()
        .then(() => panel(page).getByText('Ce qui s’est passé').waitFor()),
  },
  beside('confier', 'confier', 'Confier une tâche'),
  beside('transmettre', 'transmettre', 'Transmettre'),
  { name: 'identite', who: doctor, path: `${jean}/identite`, shows: 'Qualité de l’identité' },
  beside('prescrire', 'prescrire', 'Prescrire'),
  ...(
    [
      ['stupefiant', 'yann.tanguy', 'rene-abiven', 2, 'Sera imprimé :'],
      ['transport', doctor, 'patrick-cozic', 3, 'Motif de prise en charge'],
    ] as const
  ).map(
    ([name, who, patient, order, shown]): View => ({
      name: `prescrire-${name}`,
      who,
      within: 'aside',
      path: `/patients/pat-${patient}/ordonnances?volet=prescrire:renouveler:${patient}-ordonnance-${order}`,
      shows: (page) => panel(page).getByRole('button', { name: /^1\. / }).waitFor(),
      act: (page) =>
        panel(page)
          .getByRole('button', { name: /^1\. / })
          .click()
          .then(() => panel(page).getByText(shown).first().waitFor()),
    }),
  ),
  {
    name: 'seances-compte-rendu',
    who: 'erwan.quemeneur',
    within: 'aside',
    path: '/patients/pat-jeanne-le-goff/ordonnances?volet=seance',
    shows: (page) => panel(page).getByRole('button', { name: 'Compte rendu de fin de séances' }).waitFor(),
    act: (page) =>
      panel(page)
        .getByRole('button', { name: 'Compte rendu de fin de séances' })
        .click()
        .then(() => panel(page).getByLabel('État en fin de séances').waitFor()),
  },
  {
    name: 'ordonnances-demandee',
    who: doctor,
    path: '/patients/pat-patrick-cozic/ordonnances',
    shows: 'renouvellement demandé',
  },
  {
    name: 'ordonnances',
    who: doctor,
    path: `${jean}/ordonnances`,
    shows: (page) =>
      page
        .getByRole('region', { name: /^Ordonnance du/ })
        .first()
        .waitFor(),
  },
  {
    name: 'ordonnances-attente',
    who: 'soizic.abgrall',
    path: '/ordonnances',
    shows: (page) => page.getByRole('region', { name: 'Prescrit à ma profession' }).waitFor(),
  },
  {
    name: 'ordonnances-types',
    who: doctor,
    path: '/ordonnances/types?volet=type:diabete-trimestre',
    shows: 'Livrée avec Estran : copiez-la pour la changer.',
  },
  {
    name: 'carnet-vaccins',
    who: doctor,
    path: `${jean}/vaccins`,
    shows: (page) => page.getByRole('table', { name: 'Vaccins reçus par maladie et par âge' }).waitFor(),
  },
  {
    name: 'carnet-recommandations',
    who: doctor,
    path: `${jean}/vaccins`,
    shows: (page) => page.getByRole('region', { name: 'Situations' }).waitFor(),
    act: async (page) => {
      if ((await page.getByRole('button', { name: 'Terminer : Voyage prévu' }).count()) === 0) {
        await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
        await page.getByRole('combobox', { name: 'Situation' }).click();
        await page.getByRole('option', { name: 'Voyage prévu' }).click();
        await page.keyboard.press('Control+Enter');
      }
      await page.getByRole('region', { name: 'Recommandations particulières' }).waitFor();
    },
  },
  {
    name: 'vaccins-a-faire',
    who: 'soizic.abgrall',
    path: '/vaccins',
    shows: (page) => page.getByRole('table', { name: 'Patients dont un vaccin est à faire' }).waitFor(),
  },
  {
    name: 'palette',
    within: 'dialog',
    who: doctor,
    path: jean,
    shows: record('Kerleau'),
    act: (page) => page.keyboard.press('Control+k').then(() => page.getByRole('option').nth(4).waitFor()),
  },
  {
    name: 'raccourcis',
    within: '[role="dialog"]',
    who: doctor,
    path: jean,
    shows: record('Kerleau'),
    act: (page) => page.keyboard.press('?').then(() => page.getByText('Raccourcis du clavier').waitFor()),
  },
  {
    name: 'compte-menu',
    within: '[role="menu"]',
    who: doctor,
    path: '/patients',
    shows: 'Chercher un patient',
    act: (page) =>
      page
        .getByRole('button', { name: /Votre compte/ })
        .click()
        .then(() => page.getByRole('menuitem', { name: 'Se déconnecter' }).waitFor()),
  },
  {
    name: 'avertissements',
    within: '[role="dialog"]',
    who: doctor,
    path: '/patients',
    shows: 'Chercher un patient',
    act: (page) => page.getByRole('button', { name: /Avertissements/ }).click(),
  },
  {
    name: 'verrou',
    who: 'paul.guivarch',
    path: '/patients',
    shows: 'Chercher un patient',
    act: (page) =>
      page
        .getByRole('button', { name: 'Verrouiller ce poste' })
        .click()
        .then(() => page.getByText('Poste verrouillé').waitFor()),
  },
  { name: 'compte', who: doctor, path: '/compte', shows: 'Mes moyens de connexion' },
  { name: 'introuvable', who: doctor, path: '/nulle-part', shows: 'Cette page n’existe pas' },
  {
    name: 'ferme',
    who: 'helene.riou',
    path: jean,
    shows: (page) => page.getByRole('button', { name: 'Ouvrir en urgence…' }).waitFor(),
    act: (page) => page.getByRole('button', { name: 'Ouvrir en urgence…' }).click(),
  },
  {
    name: 'secretaire-dossier',
    who: 'maryvonne.pellen',
    path: jean,
    shows: (page) => page.getByRole('heading', { level: 1, name: /KERLEAU/i }).waitFor(),
  },
  { name: 'secretaire-identite', who: 'maryvonne.pellen', path: `${jean}/identite`, shows: 'Qualité de l’identité' },
  {
    name: 'administratrice-journee',
    who: 'aurore.miossec',
    path: '/',
    shows: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  ...['personnes', 'droits', 'sites', 'delegations', 'logiciels', 'acces', 'terminologies', 'journees', 'reglages'].map(
    (part): View => ({
      name: `structure-${part}`,
      who: 'aurore.miossec',
      path: `/structure?partie=${part}`,
      shows: (page) => page.getByRole('tabpanel').getByText(/\S{3}/).first().waitFor(),
    }),
  ),
  { name: 'reprise', who: 'aurore.miossec', path: '/reprise', shows: 'Nouvelle reprise' },
  {
    name: 'structure-inviter',
    who: 'aurore.miossec',
    path: '/structure?partie=personnes&volet=inviter',
    shows: 'Adresse électronique',
  },
  ...['sites', 'personnes'].map(
    (step): View => ({
      name: `bienvenue-${step}`,
      who: 'aurore.miossec',
      path: `/bienvenue?etape=${step}`,
      shows: (page) => page.getByRole('heading', { name: /Bienvenue/ }).waitFor(),
    }),
  ),
  {
    name: 'messages',
    who: 'soizic.abgrall',
    path: '/coordination/messages?fil=msg-abers-2',
    shows: (page) =>
      page
        .getByRole('region', { name: /Chute de Mme Le Goff/ })
        .getByText(/vertige au lever/)
        .waitFor(),
  },
  {
    name: 'messages-liste',
    who: 'anne.kermarrec',
    path: '/coordination/messages',
    shows: (page) => page.getByRole('list', { name: 'Conversations' }).waitFor(),
  },
  {
    name: 'messages-boite',
    who: 'maryvonne.pellen',
    path: '/coordination/messages?vue=boite:box-secretariat&fil=msg-abers-9',
    shows: (page) => page.getByRole('button', { name: 'Je m’en occupe' }).waitFor(),
  },
  {
    name: 'messages-ecrire',
    who: 'yann.tanguy',
    path: '/coordination/messages?volet=ecrire',
    shows: 'Nouveau message',
    act: (page) =>
      page
        .getByRole('textbox', { name: 'Votre message' })
        .pressSequentially('Merci @soi')
        .then(() => page.getByRole('option', { name: /Soizic/ }).waitFor()),
  },
  {
    name: 'messages-absences',
    within: 'aside',
    who: 'tristan.le-corre',
    path: '/coordination/messages?volet=absence',
    shows: 'Déclarer une absence',
  },
  {
    name: 'messages-reglage',
    within: 'aside',
    who: 'tristan.le-corre',
    path: '/coordination/messages?volet=boite:box-secretariat',
    shows: 'Enregistrer la boîte',
  },
  {
    name: 'volet-evaluation-sociale',
    within: 'aside',
    who: 'enora.lagadec',
    path: '/patients/pat-jeanne-le-goff?volet=volet:volet-evaluation-sociale',
    shows: (page) => panel(page).getByRole('heading', { level: 2, name: 'Évaluation sociale' }).waitFor(),
  },
  ...(['marine.le-gall', 'thibault.madec', 'kevin.robert', 'enora.lagadec'] as const).map(
    (who): View => ({
      name: `journee-${who}`,
      who,
      path: '/',
      shows: (page) => page.getByRole('region', { name: 'Rendez-vous du jour' }).waitFor(),
    }),
  ),
  {
    name: 'ranger-journee',
    within: 'aside',
    who: 'soizic.abgrall',
    path: '/?volet=ranger',
    shows: 'Monter « Mes tâches »',
  },
  {
    name: 'structure-journees-coordination',
    who: 'tristan.le-corre',
    path: '/structure?partie=journees&profession=nurse',
    shows: 'Monter « Mes tâches »',
  },
  {
    name: 'liste',
    who: 'soizic.abgrall',
    path: '/patients?liste=plaies',
    shows: (page) => page.getByRole('table', { name: 'Plaies en cours' }).waitFor(),
  },
  { name: 'liste-vide', who: 'claire.morvan', path: '/patients?liste=plaies', shows: 'Plaies en cours : personne' },
  {
    name: 'liste-sans-droit',
    who: 'tristan.le-corre',
    path: '/patients?liste=plaies',
    shows: 'Cette liste n’est pas dans votre poste de travail',
  },
  {
    name: 'resultats-sans-droit',
    who: 'tristan.le-corre',
    path: `${jean}/resultats`,
    shows: /ne vous sont pas ouverts/,
  },
  { name: 'resultats-a-valider-sans-droit', who: 'soizic.abgrall', path: '/resultats', shows: /revient à un médecin/ },
  {
    name: 'ordonnances-sans-contenu',
    who: 'maryvonne.pellen',
    path: `${jean}/ordonnances`,
    shows: /pas ce qu’elles disent/,
  },
  { name: 'structure-sans-droit', who: 'soizic.abgrall', path: '/structure', shows: /réservée aux responsables/ },
  {
    name: 'dossier-liste',
    who: 'soizic.abgrall',
    path: '/patients/pat-yvonne-salaun?liste=plaies',
    shows: (page) => page.getByRole('navigation', { name: 'Liste : Plaies en cours' }).waitFor(),
  },
  beside('ranger-saisies', 'ranger-saisies', 'Ranger mes saisies'),
  beside('ranger-cartes', 'ranger-cartes', 'Ranger les cartes'),
  beside('echange', 'echange:msg-abers-4', 'Échange'),
  beside('ecrire', 'ecrire', 'Écrire à l’équipe'),
];

/** What WCAG 2.2 AA says of the page as it is; in the other theme only colours can differ. */
async function violations(page: Page, within?: string, only?: string): Promise<string[]> {
  // Its half megabyte is brought once to each document; what passes is not described.
  const there = await Promise.all(page.frames().map((frame) => frame.evaluate(() => 'axe' in window)));
  const axe = new AxeBuilder({ page, ...(there.every(Boolean) && { axeSource: '0' }) }).setLegacyMode(true);
  if (within) axe.include(within);
  axe.options({
    resultTypes: ['violations'],
    runOnly: only
      ? { type: 'rule', values: [only] }
      : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  });
  const found = await axe.analyze();
  return found.violations.flatMap((one) =>
    one.nodes
      .slice(0, 4)
      .map(
        (node) =>
          `${one.id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').slice(1, 2).join('').trim().slice(0, 200)}`,
      ),
  );
}

/**
 * The page in this scheme, drawn: its colours are the same from one frame to the next. A colour that changes by a transition, however short,
 * is handed down one level a frame: without transitions the whole page has it at once.
 */
const settled = (page: Page, scheme: 'light' | 'dark'): Promise<void> =>
  page.evaluate(async (wanted) => {
    if (document.adoptedStyleSheets.length === 0) {
      const still = new CSSStyleSheet();
      still.replaceSync('*, *::before, *::after { transition-property: none !important }');
      document.adoptedStyleSheets.push(still);
    }
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const colours = () => {
      let all = '';
      for (const element of document.querySelectorAll('body, body *')) {
        const { color, backgroundColor, borderTopColor, opacity } = getComputedStyle(element);
        all += `${color} ${backgroundColor} ${borderTopColor} ${opacity}\n`;
      }
      return all;
    };
    while (document.documentElement.getAttribute('data-mantine-color-scheme') !== wanted) await frame();
    await Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
        .map((one) => one.finished),
    );
    let frames = 0;
    for (let before = '', now = colours(); before !== now; before = now, now = colours()) {
      if (frames++ > 300) throw new Error('the colours of the page never come to rest');
      await frame();
    }
  }, scheme);

for (const view of views) {
  scenario(`WCAG «${view.name}» is accessible, fits a desk and a telephone, light and dark`, async (stage) => {
    const page = view.who ? await stage.as(view.who, view.path) : await stage.nobody();
    if (!view.who) await page.goto(view.path);
    const ready =
      typeof view.shows === 'function'
        ? view.shows(page)
        : page.getByText(view.shows).or(page.getByLabel(view.shows)).first().waitFor();
    await ready;
    await view.act?.(page);
    await page.waitForFunction(
      () =>
        !document.querySelector(
          '[role="status"][aria-label="Chargement"], [role="status"][aria-label="Ouverture du dossier"]',
        ),
    );
    const wrong: string[] = [];
    const look = async (scheme: 'light' | 'dark', size: typeof desk, full: boolean) => {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: scheme });
      await settled(page, scheme);
      const where = `${size.width} ${scheme}`;
      for (const one of await violations(page, view.within, full ? undefined : 'color-contrast'))
        wrong.push(`${where}: ${one}`);
      if (scheme === 'light') for (const one of await misfits(page)) wrong.push(`${where}: ${one}`);
      await page.screenshot({
        path: join(screens, `${view.name}-${size.width}-${scheme}.png`),
        animations: 'disabled',
      });
    };
    await look('light', desk, true);
    await look('dark', desk, false);
    await look('dark', telephone, false);
    await look('light', telephone, true);
    assert.deepEqual(wrong, []);
  });
}

if (process.env.ESTRAN_PICTURES)
  scenario('the pictures of the README and of the manual are taken anew', async (stage) => {
    mkdirSync(join(root, 'docs/images'), { recursive: true });
    const take = (page: Page, name: string) =>
      page.screenshot({ path: join(root, 'docs/images', `${name}.png`), animations: 'disabled' });
    const wide = await stage.as(doctor, jean);
    await recordShown(wide);
    await take(wide, 'dossier');
    const small = await stage.as(doctor, jean, { viewport: telephone, deviceScaleFactor: 1.5 });
    await recordShown(small);
    await take(small, 'mobile');
    const day = await stage.as('soizic.abgrall', '/', { viewport: { width: 1200, height: 620 } });
    await day.getByRole('heading', { name: 'Mes tâches' }).waitFor();
    await take(day, 'journee');
    const inbox = await stage.as('maryvonne.pellen', '/documents', { viewport: { width: 1200, height: 680 } });
    await inbox.getByRole('img', { name: /page 1$/ }).waitFor();
    await take(inbox, 'classer');
  });
