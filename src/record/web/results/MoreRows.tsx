import { Button, Checkbox, Select } from '@mantine/core';
import { analyteOf, labAnalytes } from '../../contract.ts';
import { rowOf } from './rows.ts';
import type { Values } from './report-values.ts';

/** Analyses beside those of the panel, and the laboratory’s own ranges. */
export function MoreRows({ values, set }: { values: Values; set: (patch: Partial<Values>) => void }) {
  return (
    <div className="row wrap">
      <Select
        aria-label="Ajouter une analyse"
        placeholder="Autre analyse…"
        searchable
        clearable
        value={null}
        data={labAnalytes
          .filter((one) => !values.rows.some((row) => row.code === one.code))
          .map((one) => ({ value: one.code, label: one.label }))}
        onChange={(one) => one && set({ rows: [...values.rows, rowOf(analyteOf(one)!)] })}
      />
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() =>
          set({
            rows: [
              ...values.rows,
              {
                key: `own-${values.rows.length}-${Date.now()}`,
                code: null,
                label: '',
                typed: '',
                unit: '',
                low: '',
                high: '',
                flag: null,
                observation: null,
                read: false,
                left: '',
              },
            ],
          })
        }
      >
        Analyse libre
      </Button>
      <Checkbox
        label="Normes du laboratoire"
        checked={values.ranges}
        onChange={(event) => set({ ranges: event.currentTarget.checked })}
      />
    </div>
  );
}
