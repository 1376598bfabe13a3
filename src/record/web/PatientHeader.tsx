import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { sayCount, sayDateTime, sayNir } from '../../web/say.ts';
import { Face, Tag } from '../../web/ui/bits.tsx';
import {
  AlertIcon,
  AllergyIcon,
  CheckIcon,
  EyeIcon,
  IdentityIcon,
  MoreIcon,
  PhoneIcon,
  PrintIcon,
  RightsIcon,
  TeamIcon,
  WarningIcon,
} from '../../web/ui/icons.ts';
import type { Header, InsStatus } from '../contract.ts';
import css from './record.module.css';
import { useActMenu } from '../../web/ui/use-act-menu.ts';
import { usePanel, useRecord, useRecordQuery } from './use-record.ts';

const insTones: Record<InsStatus, 'success' | 'info' | 'warning' | 'neutral'> = {
  qualified: 'success',
  validated: 'info',
  retrieved: 'neutral',
  provisional: 'warning',
};

/** Who this is, what is dangerous, who cares: never scrolls away. */
export function PatientHeader() {
  const { header, rights } = useRecord();
  const [, setPanel] = usePanel();
  const { menu, target, run } = useActMenu();
  const { patient, alerts, allergies, treatingPhysician, team, phones } = header;
  const opposed = header.choices.filter((choice) => choice.running && choice.decision === 'oppose');
  return (
    <section className={css.header} aria-label="Patient">
      <div className={css.who}>
        <h1 className={css.name}>
          {patient.name}
          {patient.birthName && <small> {patient.birthName}</small>}
        </h1>
        <div className={css.traits}>
          <span className="strong">{patient.age}</span>
          <span>{patient.sexLabel}</span>
          <span className="num">{patient.birthDateLabel}</span>
          <Tooltip
            label={
              patient.ins
                ? `INS ${sayNir(patient.ins)}`
                : header.identityTodo.length
                  ? `Il manque : ${header.identityTodo.join(', ')}`
                  : patient.insStatusLabel
            }
          >
            <Link to="/patients/$patient/identite" params={{ patient: patient.id }} className={css.ins}>
              <Tag
                tone={insTones[patient.insStatus]}
                icon={patient.insStatus === 'qualified' ? <CheckIcon size={13} /> : <IdentityIcon size={13} />}
              >
                {patient.insStatusLabel}
              </Tag>
            </Link>
          </Tooltip>
          {phones[0] && (
            <a
              href={`tel:${phones[0].replace(/\s/g, '')}`}
              className={css.phone}
              aria-label={`Appeler le ${phones[0]}`}
            >
              <PhoneIcon size={14} /> <span>{phones[0]}</span>
            </a>
          )}
        </div>
      </div>
      <div className={css.warnings}>
        <Allergies allergies={allergies} open={() => setPanel('allergies')} />
        {alerts?.map((alert) => (
          <button
            type="button"
            key={alert.id}
            className="plain-button"
            onClick={() => setPanel(`entree:${alert.type}:${alert.id}`)}
          >
            <AlertWords alert={alert} />
          </button>
        ))}
        {opposed.length > 0 && (
          <button type="button" className="plain-button" onClick={() => setPanel('choix')}>
            <Tag tone="info" icon={<RightsIcon size={13} />}>
              {opposed.length === 1 ? 'Une opposition' : `${opposed.length} oppositions`}
            </Tag>
          </button>
        )}
        {rights.basis === 'emergency' && (
          <Tag tone="danger">Accès en urgence{rights.until && ` jusqu’au ${sayDateTime(rights.until)}`}</Tag>
        )}
      </div>
      <div className={css.team}>
        <span className={css.treating}>
          <small>Médecin traitant</small>
          <b>{treatingPhysician ? treatingPhysician.name : 'non déclaré'}</b>
        </span>
        <button
          type="button"
          className={css.faces}
          onClick={() => setPanel('equipe')}
          aria-label={`Équipe de soins : ${team.members.map((member) => member.name).join(', ') || 'personne'}`}
        >
          {team.members.slice(0, 5).map((member) => (
            <Face
              key={`${member.id}${member.name}`}
              name={member.name}
              role={member.role}
              profession={member.profession}
              size={30}
              quiet
            />
          ))}
          {team.members.length > 5 && <span className={css.rest} data-rest={`+${team.members.length - 5}`} />}
          {team.members.length === 0 && <TeamIcon size={20} />}
        </button>
        <Menu {...menu}>
          <Menu.Target>
            <ActionIcon ref={target} aria-label="Autres actions sur ce dossier" className="no-print">
              <MoreIcon size={20} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<TeamIcon size={16} />} onClick={run(() => setPanel('equipe'))}>
              Équipe de soins
            </Menu.Item>
            <Menu.Item leftSection={<RightsIcon size={16} />} onClick={run(() => setPanel('choix'))}>
              Choix du patient
            </Menu.Item>
            <Menu.Item leftSection={<EyeIcon size={16} />} onClick={run(() => setPanel('acces'))}>
              Qui a consulté ce dossier
            </Menu.Item>
            <Menu.Item
              leftSection={<IdentityIcon size={16} />}
              component={Link}
              to={`/patients/${patient.id}/identite`}
            >
              Identité
            </Menu.Item>
            <Menu.Item leftSection={<PrintIcon size={16} />} onClick={() => print()}>
              Imprimer cette page
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  );
}

/** «aucune connue», «non renseigné» and a list never look alike; hidden says hidden. */
function Allergies({ allergies, open }: { allergies: Header['allergies']; open: () => void }) {
  return allergies ? (
    <button type="button" className="plain-button" onClick={open}>
      <AllergyWords allergies={allergies} />
    </button>
  ) : (
    <AllergyWords allergies={null} />
  );
}
function AllergyWords({ allergies }: { allergies: Header['allergies'] }) {
  if (!allergies) return <span className={`${css.hidden} dim`}>Allergies : non visibles avec vos droits</span>;
  const active = allergies.lines.filter((line) => line.state === 'active');
  return allergies.state === 'listed' && active.length === 0 ? (
    <Tag icon={<AllergyIcon size={13} />}>
      {allergies.stateLabel}, {sayCount(allergies.lines.length, 'ancienne')}
    </Tag>
  ) : allergies.state === 'listed' ? (
    <Tag
      tone={active.some((line) => line.criticality === 'high') ? 'danger' : 'warning'}
      icon={<AllergyIcon size={13} />}
    >
      {active.length > 1 ? 'Allergies' : 'Allergie'} : {active.map((line) => line.label).join(', ')}
    </Tag>
  ) : allergies.state === 'none-known' ? (
    <Tag tone="success" icon={<CheckIcon size={13} />}>
      Aucune allergie connue
    </Tag>
  ) : (
    <span className={css.notAsked}>Allergies non renseignées</span>
  );
}
const AlertWords = ({ alert }: { alert: NonNullable<Header['alerts']>[number] }) => (
  <Tag
    tone={alert.severity === 'danger' ? 'danger' : alert.severity === 'warning' ? 'warning' : 'info'}
    icon={alert.severity === 'danger' ? <AlertIcon size={13} /> : <WarningIcon size={13} />}
    title={alert.categoryLabel}
  >
    {alert.label}
  </Tag>
);

/** On the other pages of a patient: what is dangerous stands under the name there too. Its place is kept while it is read. */
export function PatientWarnings({ patient }: { patient: string }) {
  const header = useRecordQuery(patient).data?.header;
  return (
    <p className={css.dangers}>
      {header && (
        <>
          <AllergyWords allergies={header.allergies} />
          {header.alerts?.map((alert) => (
            <AlertWords key={alert.id} alert={alert} />
          ))}
        </>
      )}
    </p>
  );
}
