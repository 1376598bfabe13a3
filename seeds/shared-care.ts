import type { CarePlan, Communication, Goal, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Profession } from '../src/access/professions.ts';
import type { Chart } from './chart.ts';
import { addDays, parisInstant } from './dates.ts';
import type { DemoPerson } from './staff.ts';

/** What a team writes together about the patients of the stories: personalised care plans, opinions asked and given. */
const ours = (code: string) => [{ coding: [{ system: 'urn:estran:category', code }] }];
const at = (chart: Chart, days: number, minutes: number) => parisInstant(addDays(chart.today, days), minutes);

interface Plan {
  by: Profession;
  /** Days before today. */
  ago: number;
  /** Days after today. */
  review: number;
  agreed: 'oral' | 'written' | null;
  goals: [words: string, aim: string, state?: 'completed'][];
  needs: string;
  actions: [
    title: string,
    who: Profession | 'patient' | string,
    when: string,
    goal: number,
    state?: 'in-progress' | 'completed',
  ][];
}
const professionCodes = new Set<string>([
  'physician',
  'nurse',
  'asalee-nurse',
  'physiotherapist',
  'pharmacist',
  'occupational-therapist',
  'dietician',
  'chiropodist',
  'psychologist',
  'advanced-practice-nurse',
]);

function carePlan(chart: Chart, plan: Plan): void {
  const author = chart.pro(plan.by);
  const written = at(chart, -plan.ago, 15 * 60 + 20);
  const goals = plan.goals.map(([words, aim, state]) =>
    chart.add<Goal>({
      resourceType: 'Goal',
      id: chart.id('goal-pps'),
      lifecycleStatus: state ?? 'active',
      description: { text: words },
      subject: chart.subject,
      expressedBy: chart.subject,
      startDate: addDays(chart.today, -plan.ago),
      statusDate: addDays(chart.today, -plan.ago),
      ...(aim && { extension: [{ url: 'urn:estran:aim', valueString: aim }] }),
      target: [{ dueDate: addDays(chart.today, plan.review) }],
    }),
  );
  chart.add<CarePlan>({
    resourceType: 'CarePlan',
    id: chart.id('pps'),
    status: plan.agreed ? 'active' : 'draft',
    intent: 'plan',
    title: 'Plan personnalisé de santé',
    subject: chart.subject,
    created: written,
    author: chart.ref(author),
    contributor: [chart.ref(author)],
    category: [
      {
        coding: [{ system: 'urn:estran:category', code: 'pps', display: 'Plan personnalisé de santé' }],
        text: 'Plan personnalisé de santé',
      },
    ],
    period: { start: addDays(chart.today, -plan.ago), end: addDays(chart.today, plan.review) },
    description: plan.needs,
    goal: goals.map((goal) => ({ reference: `Goal/${goal.id}` })),
    ...(plan.agreed && {
      extension: [
        {
          url: 'urn:estran:patient-agreement',
          extension: [
            { url: 'how', valueCode: plan.agreed },
            { url: 'on', valueDateTime: written },
            { url: 'by', valueReference: chart.ref(author) },
          ],
        },
      ],
    }),
    activity: plan.actions.map(([title, who, when, goal, state]) => {
      const pro = professionCodes.has(who) && chart.has(who as Profession) ? chart.pro(who as Profession) : undefined;
      return {
        detail: {
          status: state ?? 'not-started',
          code: { text: title },
          scheduledString: when,
          goal: [{ reference: `Goal/${goals[goal]!.id}` }],
          performer: [pro ? chart.ref(pro) : who === 'patient' ? chart.subject : { display: who }],
        },
      };
    }),
  });
}

interface Question {
  kind: 'opinion' | 'referral';
  from: DemoPerson;
  to: DemoPerson;
  ago: number;
  /** Days from today. */
  due: number;
  urgent?: boolean;
  question: string;
  detail: string;
  parts?: Resource[];
  accepted?: boolean;
  answer?: { ago: number; text: string; read?: boolean };
}
function ask(chart: Chart, q: Question): void {
  const [from, to] = [chart.ref(chart.join(q.from)), chart.ref(chart.join(q.to))];
  const asked = at(chart, -q.ago, 10 * 60 + 35);
  const due = addDays(chart.today, q.due);
  const request = chart.add<ServiceRequest>({
    resourceType: 'ServiceRequest',
    id: chart.id('question'),
    status: q.answer ? 'completed' : 'active',
    intent: 'order',
    priority: q.urgent ? 'urgent' : 'routine',
    category: ours('task'),
    code: { text: q.question },
    subject: chart.subject,
    requester: from,
    authoredOn: asked,
    occurrenceDateTime: due,
    note: [{ authorReference: from, time: asked, text: q.detail }],
    ...(q.parts?.length && {
      supportingInfo: q.parts.map((part) => ({ reference: `${part.resourceType}/${part.id}` })),
    }),
  });
  const done = q.answer && at(chart, -q.answer.ago, 17 * 60 + 10);
  const task = chart.add<Task>({
    resourceType: 'Task',
    id: chart.id('question-task'),
    status: q.answer ? 'completed' : q.accepted ? 'accepted' : 'requested',
    intent: 'order',
    priority: q.urgent ? 'urgent' : 'routine',
    code: { coding: [{ system: 'urn:estran:task-kind', code: q.kind }] },
    focus: { reference: `ServiceRequest/${request.id}` },
    for: chart.subject,
    authoredOn: asked,
    lastModified: done ?? asked,
    requester: from,
    owner: to,
    restriction: { period: { end: due } },
    ...(q.answer?.read && { businessStatus: { coding: [{ system: 'urn:estran:task-kind', code: 'answer-read' }] } }),
  });
  if (q.answer)
    chart.add<Communication>({
      resourceType: 'Communication',
      id: chart.id('answer'),
      status: 'completed',
      category: [{ coding: [{ system: 'urn:estran:category', code: 'answer', display: 'Réponse' }], text: 'Réponse' }],
      topic: { coding: [{ system: 'urn:estran:task-act', code: 'done' }] },
      subject: chart.subject,
      basedOn: [{ reference: `ServiceRequest/${request.id}` }],
      about: [{ reference: `Task/${task.id}` }],
      sent: done!,
      sender: to,
      recipient: [from],
      payload: [{ contentString: q.answer.text }],
    });
}

/** Adds what belongs to this patient's story, before the care team is written. */
export function sharedCare(chart: Chart): void {
  const { key } = chart.person;
  const named = (family: string) => chart.shape.people.find((person) => person.family === family)!;
  const newest = (type: Resource['resourceType'], words: RegExp) =>
    [...chart.out]
      .reverse()
      .filter((one) => one.resourceType === type && words.test(JSON.stringify(one)))
      .slice(0, 2);
  switch (key) {
    case 'jeanne-le-goff':
      carePlan(chart, {
        by: 'nurse',
        ago: 34,
        review: 56,
        agreed: 'oral',
        needs:
          'Vit seule au premier étage, escalier sans rampe. Sa fille Martine passe le dimanche. N’ose plus sortir depuis sa chute.',
        goals: [
          ['Rester chez moi et pouvoir descendre chercher mon courrier', 'descendre et remonter l’étage sans aide'],
          ['Retourner au club du jeudi', '400 m avec la canne'],
          ['Ne plus me réveiller la nuit pour mes cachets', '', 'completed'],
        ],
        actions: [
          ['Exercices d’équilibre', 'physiotherapist', 'le mardi et le vendredi', 0, 'in-progress'],
          ['Marcher jusqu’à la boîte aux lettres', 'patient', 'chaque jour', 0, 'in-progress'],
          ['Poser une main courante et des barres d’appui', 'occupational-therapist', 'avant la fin du mois', 0],
          ['Revoir l’heure des médicaments', 'pharmacist', 'au prochain pilulier', 2, 'completed'],
          ['L’emmener au club', 'Sa fille Martine', 'un jeudi sur deux', 1],
        ],
      });
      ask(chart, {
        kind: 'referral',
        from: named('Tanguy'),
        to: named('Quéméneur'),
        ago: 6,
        due: 8,
        accepted: true,
        question: 'Rééducation de l’équilibre après une chute',
        detail:
          'Chute dans l’escalier sans traumatisme, peur de retomber. Merci d’évaluer la marche et de travailler le relever du sol.',
        parts: newest('Condition', /chute|fragil|ostéo/i),
      });
      break;
    case 'jean-kerleau':
      carePlan(chart, {
        by: 'asalee-nurse',
        ago: 12,
        review: 82,
        agreed: 'oral',
        needs: 'Retraité de la pêche, cuisine pour deux. Difficile de résister au pain et au cidre le soir.',
        goals: [
          [
            'Garder mes pieds et mes yeux, comme mon père n’a pas su',
            'HbA1c sous 7 %, examen des pieds chaque trimestre',
          ],
          ['Refaire le sentier des douaniers avec Monique', 'marcher 45 minutes trois fois par semaine'],
        ],
        actions: [
          ['Noter les glycémies du matin', 'patient', 'trois matins par semaine', 0, 'in-progress'],
          ['Atelier cuisine', 'dietician', 'le premier mercredi du mois', 0],
          ['Soins de pédicurie', 'chiropodist', 'tous les trois mois', 0, 'in-progress'],
          ['Marcher avec Monique', 'Monique, son épouse', 'les soirs sans pluie', 1, 'in-progress'],
        ],
      });
      ask(chart, {
        kind: 'opinion',
        from: named('Kermarrec'),
        to: named('Morvan'),
        ago: 9,
        due: -2,
        question: 'Quel grade de risque pour ses pieds, et quel rythme de soins ?',
        detail: 'Monofilament non perçu au gros orteil droit lors de la dernière consultation, pouls présents.',
        parts: newest('Condition', /diab/i),
        answer: {
          ago: 1,
          text: 'Grade 2 : neuropathie sensitive avec hyperkératose sous la première tête métatarsienne droite, pas de plaie. Je propose un soin toutes les huit semaines, des semelles de décharge, et je lui ai montré l’inspection quotidienne au miroir.',
        },
      });
      break;
    case 'yvonne-salaun':
      ask(chart, {
        kind: 'opinion',
        from: named('Abgrall'),
        to: named('Tanguy'),
        ago: 1,
        due: 1,
        urgent: true,
        question: 'Ulcère qui suinte davantage : prélèvement, antibiotique ou changer de pansement ?',
        detail:
          'Bords propres, périmètre 14 cm (12 la semaine passée), odeur depuis hier, pas de fièvre. Photo dans le dossier.',
        parts: newest('Condition', /ulc/i),
      });
      break;
    case 'michel-quentel':
      ask(chart, {
        kind: 'opinion',
        from: named('Hénaff'),
        to: named('Tanguy'),
        ago: 0,
        due: 0,
        urgent: true,
        question: 'Ibuprofène demandé au comptoir sous AVK : avez-vous un antalgique à proposer ?',
        detail: 'Douleur de genou depuis trois jours. Je n’ai rien délivré ; dernier INR dans le dossier.',
      });
      break;
    case 'alain-thebault':
      ask(chart, {
        kind: 'opinion',
        from: named('Chevrel'),
        to: named('Thébault'),
        ago: 24,
        due: -10,
        question: 'Est-il prêt à réduire le tabac ?',
        detail: 'Deuxième exacerbation de l’année, il en a parlé de lui-même.',
        answer: {
          ago: 14,
          text: 'Oui : ambivalence levée par la peur de l’oxygène. Objectif fixé ensemble : dix cigarettes de moins d’ici un mois, substituts à double dose, rappel téléphonique à J8.',
          read: true,
        },
      });
      break;
    case 'paulette-mace':
      carePlan(chart, {
        by: 'nurse',
        ago: 95,
        review: -5,
        agreed: 'oral',
        needs: 'Vit avec son chat, ne conduit plus. Aide à domicile deux fois par semaine.',
        goals: [
          ['Continuer à faire mon jardin', 'se relever du sol seule'],
          ['Voir mes petits-enfants sans être essoufflée', ''],
        ],
        actions: [
          ['Gymnastique douce', 'physiotherapist', 'le lundi', 0, 'in-progress'],
          ['Préparer le pilulier', 'pharmacist', 'chaque semaine', 1, 'in-progress'],
          ['Porter les courses', 'L’aide à domicile', 'mardi et vendredi', 0, 'in-progress'],
        ],
      });
      break;
    case 'bernard-noel':
      ask(chart, {
        kind: 'opinion',
        from: named('Poulain'),
        to: named('Rialland'),
        ago: 1,
        due: 1,
        urgent: true,
        question: 'Douleur mal calmée la nuit : augmenter la dose de fond ou les interdoses ?',
        detail: 'EVA 6 à 3 h du matin, quatre interdoses en 24 heures, pas de somnolence. Sa femme est épuisée.',
      });
      break;
    case 'christian-hervieu':
      carePlan(chart, {
        by: 'asalee-nurse',
        ago: 3,
        review: 90,
        agreed: null,
        needs: 'Chauffeur routier, repas irréguliers.',
        goals: [['Ne pas passer à l’insuline', 'HbA1c sous 7,5 % dans six mois']],
        actions: [['Emporter son repas deux jours sur cinq', 'patient', 'dès la semaine prochaine', 0]],
      });
      break;
    default:
  }
}
