import { ActionIcon, Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { sayDate } from '../../../web/say.ts';
import { Tag } from '../../../web/ui/bits.tsx';
import { MoreIcon } from '../../../web/ui/icons.ts';
import type { TreatmentLine, TreatmentsPage } from '../../contract.ts';
import { LineMarks } from '../summary/RecordLine.tsx';
import css from './treatments.module.css';
import { LastDispense } from './Dispenses.tsx';
import { type Panel, refOf } from './use-treatments.ts';

/** One treatment: what, how, since when, for what, from whom; what may be done with it behind one button. */
export function TreatmentRow({
  line,
  page,
  patient,
  open,
}: {
  line: TreatmentLine;
  page: TreatmentsPage;
  patient: string;
  open: (panel: Panel) => void;
}) {
  const by = line.prescriber ?? line.who;
  const dispensed = page.dispensed.find(({ entry }) => entry === refOf(line));
  return (
    <li className={css.row} data-off={line.state === 'past' || undefined}>
      <div className={css.what}>
        <span className="strong">{line.label}</span> <TreatmentTags line={line} />
        <LineMarks line={line} />
        <span className={css.dosage}>{line.dosage || 'Posologie non notée'}</span>
        {line.stopReason && <span className="small dim">Raison : {line.stopReason}</span>}
        {dispensed && <LastDispense of={dispensed} label={line.label} />}
        {line.note && <span className="small dim">{line.note}</span>}
      </div>
      <div className={`${css.when} small`}>
        <span>
          {[
            line.from && `depuis ${line.from.length === 10 ? 'le ' : ''}${sayDate(line.from)}`,
            line.until && `jusqu’au ${sayDate(line.until)}`,
          ]
            .filter(Boolean)
            .join(' ') || 'début non noté'}
        </span>
        {line.reason && <span className="dim">{line.reason}</span>}
      </div>
      <div className={`${css.from} small`}>
        <span>{line.sourceLabel}</span>
        {by && <span className="dim">{by.me ? 'Vous' : by.name}</span>}
      </div>
      <Acts line={line} page={page} patient={patient} open={open} />
    </li>
  );
}
export function TreatmentTags({ line }: { line: TreatmentLine }) {
  return (
    <>
      {line.state !== 'current' && <Tag tone={line.state === 'past' ? 'neutral' : 'warning'}>{line.stateLabel}</Tag>}{' '}
      {line.renew && (
        <Tag tone={line.renew.late ? 'danger' : 'warning'}>
          {line.renew.late ? `Échu le ${sayDate(line.renew.due)}` : `À renouveler avant le ${sayDate(line.renew.due)}`}
        </Tag>
      )}{' '}
      {!line.structured && line.dosage && line.state !== 'past' && (
        <Tag title="La posologie est gardée telle qu’elle a été écrite">Texte libre</Tag>
      )}
    </>
  );
}
function Acts({
  line,
  page,
  patient,
  open,
}: {
  line: TreatmentLine;
  page: TreatmentsPage;
  patient: string;
  open: (panel: Panel) => void;
}) {
  const navigate = useNavigate();
  const entry = refOf(line);
  const over = line.state === 'past';
  const { decide, reconcile, dispense } = page.may;
  const dispensable = dispense && (line.state === 'current' || line.state === 'planned');
  const go = (volet: string) => void navigate({ to: `/patients/${patient}?volet=${volet}` as string });
  return (
    <div className={`${css.acts} no-print`}>
      {dispensable && (
        <Button
          size="compact-sm"
          variant="default"
          className="touch"
          aria-label={`Noter une délivrance de ${line.label}`}
          onClick={() => open({ name: 'dispense', entry })}
        >
          Délivrer
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={`Actions sur ${line.label}`}>
            <MoreIcon size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {decide && !over && <Menu.Item onClick={() => open({ name: 'dose', entry })}>Changer la posologie</Menu.Item>}
          {decide && line.state === 'current' && (
            <Menu.Item onClick={() => open({ name: 'suspend', entry })}>Suspendre</Menu.Item>
          )}
          {decide && (over || line.state === 'suspended') && (
            <Menu.Item onClick={() => open({ name: 'resume', entry })}>Reprendre</Menu.Item>
          )}
          {decide && !over && <Menu.Item onClick={() => open({ name: 'stop', entry })}>Arrêter</Menu.Item>}
          {decide && line.renew && line.type === 'MedicationRequest' && (
            <Menu.Item onClick={() => go(`prescrire:ligne:${line.type}:${line.id}`)}>Renouveler</Menu.Item>
          )}
          {!decide && reconcile && !over && (
            <Menu.Item onClick={() => open({ name: 'propose', entry })}>Proposer un changement</Menu.Item>
          )}
          {page.dispensed.some((one) => one.entry === entry) && (
            <Menu.Item onClick={() => open({ name: 'dispenses', entry })}>Voir les délivrances</Menu.Item>
          )}
          <Menu.Item onClick={() => open({ name: 'doses', entry })}>Voir les doses dans le temps</Menu.Item>
          <Menu.Item onClick={() => go(`entree:${line.type}:${line.id}`)}>Ouvrir dans le dossier</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
