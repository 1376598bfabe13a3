import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { failureOf } from '../../../web/api.ts';
import { lazy } from '../../../web/lazy.ts';
import { recordPanels } from '../../../web/slots.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure } from '../../../web/ui/states.tsx';
import { AllergyForm } from '../forms/AllergyForm.tsx';
import { DocumentCorrection, DocumentForm } from '../forms/DocumentForm.tsx';
import { MeasureForm } from '../forms/MeasureForm.tsx';
import { NoteForm } from '../forms/NoteForm.tsx';
import { HistoryForm } from '../forms/HistoryForm.tsx';
import { AlertForm, GoalForm } from '../forms/OtherForms.tsx';
import { ProblemForm } from '../forms/ProblemForm.tsx';
import { type Editing, editingQuery } from '../forms/use-entry.ts';
import { VaccineForm } from '../forms/VaccineForm.tsx';
import { DispenseCorrection } from '../treatments/DispenseForm.tsx';
import { TreatmentForm } from '../treatments/TreatmentForm.tsx';
import { usePatientId, useRecord } from '../use-record.ts';
import { AllergiesPanel } from './AllergiesPanel.tsx';
import { EntryPanel } from './EntryPanel.tsx';
import { FilePanel } from './FilePanel.tsx';

const CurvePanel = lazy(() => import('./CurvePanel.tsx'));
const TeamPanel = lazy(() => import('./TeamPanel.tsx'));
const ChoicesPanel = lazy(() => import('./ChoicesPanel.tsx'));
const AccessLogPanel = lazy(() => import('./AccessLogPanel.tsx'));

const ResultPanel = lazy(() => import('../results/ResultPanel.tsx'));
const AddResultsPanel = lazy(() => import('../results/AddResultsPanel.tsx'));
const SectionsPanel = lazy(() => import('../sections/SectionsPanel.tsx'));
const SectionPanel = lazy(() => import('../sections/SectionPanel.tsx'));

const forms = {
  note: NoteForm,
  probleme: ProblemForm,
  allergie: AllergyForm,
  document: DocumentForm,
  traitement: TreatmentForm,
  alerte: AlertForm,
  antecedent: HistoryForm,
  objectif: GoalForm,
};

/** The panel that the address asks for: `mesure`, `courbe:4548-4`, `entree:Condition:12`, `corriger:Condition:12` … */
export function Panels({ panel, onClose }: { panel: string; onClose: () => void }) {
  const patient = usePatientId();
  const { header } = useRecord();
  const [name = '', one = '', two = ''] = panel.split(':');
  const Form = forms[name as keyof typeof forms];
  if (Form) return <Form patient={patient} onClose={onClose} />;
  const Lent = recordPanels[name];
  const content = () => {
    if (Lent)
      return (
        <Lent
          key={panel}
          patient={patient}
          patientName={header.patient.name}
          args={panel.split(':').slice(1)}
          onClose={onClose}
        />
      );
    switch (name) {
      case 'mesure':
        return <MeasureForm key={one} patient={patient} first={one || undefined} onClose={onClose} />;
      case 'vaccin':
        return <VaccineForm key={one} patient={patient} target={one || undefined} onClose={onClose} />;
      case 'courbe':
        return <CurvePanel patient={patient} code={one} onClose={onClose} />;
      case 'fichier':
        return <FilePanel key={one} patient={patient} id={one} onClose={onClose} />;
      case 'volets':
        return <SectionsPanel onClose={onClose} />;
      case 'volet':
        return <SectionPanel key={one} patient={patient} section={one} onClose={onClose} />;
      case 'reponses':
        return <SectionPanel key={one} patient={patient} answers={one} onClose={onClose} />;
      case 'resultat':
        return <ResultPanel key={one} patient={patient} id={one} onClose={onClose} />;
      case 'saisir-resultats':
        return <AddResultsPanel key={one} patient={patient} report={one || undefined} onClose={onClose} />;
      case 'entree':
        if (one === 'DiagnosticReport' && !panel.endsWith(':versions'))
          return <ResultPanel key={two} patient={patient} id={two} onClose={onClose} />;
        return <EntryPanel key={two} patient={patient} type={one} id={two} onClose={onClose} />;
      case 'corriger':
        return <Correction key={two} patient={patient} type={one} id={two} onClose={onClose} />;
      case 'allergies':
        return <AllergiesPanel onClose={onClose} />;
      case 'equipe':
        return <TeamPanel patient={patient} onClose={onClose} />;
      case 'choix':
        return <ChoicesPanel patient={patient} onClose={onClose} />;
      case 'acces':
        return <AccessLogPanel patient={patient} onClose={onClose} />;
      default:
        return null;
    }
  };
  return <Suspense fallback={null}>{content()}</Suspense>;
}

/** Opens the form of an entry with what it holds now. */
function Correction({
  patient,
  type,
  id,
  onClose,
}: {
  patient: string;
  type: string;
  id: string;
  onClose: () => void;
}) {
  const entry = useQuery(editingQuery(patient, type, id));
  if (!entry.data)
    return (
      <SidePanel title="Corriger" onClose={onClose}>
        {failureOf(entry) ? <Failure of={entry} /> : <Bone h={180} />}
      </SidePanel>
    );
  const { line, title, values } = entry.data;
  const editing: Editing = { type, id, version: line.version, title, values };
  const props = { patient, editing, onClose };
  switch (line.form) {
    case 'measures':
      return <MeasureForm {...props} />;
    case 'note':
      return <NoteForm {...props} />;
    case 'problem':
      return <ProblemForm {...props} />;
    case 'allergy':
      return <AllergyForm {...props} />;
    case 'vaccine':
      return <VaccineForm {...props} />;
    case 'treatment':
      return <TreatmentForm {...props} />;
    case 'dispense':
      return <DispenseCorrection {...props} />;
    case 'document':
      return <DocumentCorrection {...props} />;
    case 'alert':
      return <AlertForm {...props} />;
    case 'history':
      return <HistoryForm {...props} />;
    case 'goal':
      return <GoalForm {...props} />;
    case 'section':
      return <SectionPanel patient={patient} answers={id} onClose={onClose} />;
    case 'letter':
      return <Navigate to={`/patients/${patient}/courriers/${id}` as string} />;
    default:
      return <EntryPanel patient={patient} type={type} id={id} onClose={onClose} />;
  }
}
