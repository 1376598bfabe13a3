import { useUrl } from '../../../web/routes.tsx';
import { ClearFilters, Filters, Pick } from '../filters.tsx';
import { type Region, spendingWords, statusWords, useWords } from './modes.ts';

export const filterNames = ['q', 'status', 'step', 'delay', 'spending', 'use', 'call', 'department'] as const;

/** What narrows the map and the list; what there is none of is not asked for. */
export function RegionFilters({ region }: { region: Region }) {
  const [url] = useUrl();
  const { steps, calls, departments } = region;
  return (
    <div className="card" style={{ marginBottom: 16 }}>
      <Filters
        alone
        label="Chercher une équipe"
        placeholder="Équipe, territoire, consultant"
        count={`${region.practices.length} sur ${region.of}`}
      >
        <Pick name="status" label="État" width={160} data={Object.entries(statusWords)} />
        {steps.length > 0 && (
          <Pick name="step" label="Étape" width={190} data={steps.map(({ id, title }) => [id, title])} />
        )}
        <Pick
          name="delay"
          label="Retard"
          width={120}
          data={[
            ['late', 'En retard'],
            ['on-time', 'À temps'],
          ]}
        />
        {region.columns.spending && (
          <Pick name="spending" label="Dépense" width={160} data={Object.entries(spendingWords)} />
        )}
        {region.columns.use && <Pick name="use" label="Usage" width={160} data={Object.entries(useWords)} />}
        {calls.length > 0 && (
          <Pick name="call" label="Appel" width={220} data={calls.map(({ id, title }) => [id, title])} />
        )}
        {departments.length > 0 && (
          <Pick name="department" label="Département" width={130} data={departments.map((code) => [code, code])} />
        )}
        {filterNames.some((name) => url[name]) && <ClearFilters names={filterNames} quiet />}
      </Filters>
    </div>
  );
}
