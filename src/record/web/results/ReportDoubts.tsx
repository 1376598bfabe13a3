import { Button, Checkbox } from '@mantine/core';
import { Note } from '../../../web/ui/states.tsx';
import type { Entry } from '../forms/use-entry.ts';
import { usePanel } from '../use-record.ts';
import type { Values } from './report-values.ts';

/** What the server asks to be sure of before it takes the report: the patient, the figures, a report that is here already. */
export function ReportDoubts({ entry }: { entry: Entry<Values> }) {
  const [, setPanel] = usePanel();
  const { values, set } = entry;
  const code = entry.refusal?.extra.code;
  const onlyUnits = Object.keys(entry.refusal?.fields ?? {}).every((field) => field.endsWith('.unit'));
  return (
    <>
      {code === 'other-patient' && (
        <Checkbox
          label="C’est bien le compte rendu de ce patient, malgré ce qui diffère."
          checked={values.samePatient}
          onChange={(event) => set({ samePatient: event.currentTarget.checked })}
        />
      )}
      {code === 'implausible' && (
        <Checkbox
          label={
            onlyUnits
              ? 'Ces unités sont bien celles du laboratoire, je les confirme.'
              : 'Ces valeurs sont inhabituelles, je les confirme.'
          }
          checked={values.confirmed}
          onChange={(event) => set({ confirmed: event.currentTarget.checked })}
        />
      )}
      {code === 'already-here' && !values.over && (
        <Note
          tone="warning"
          action={
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                set({
                  over: { report: String(entry.refusal!.extra.report), version: Number(entry.refusal!.extra.version) },
                })
              }
            >
              Nouvelle version
            </Button>
          }
        >
          <button
            type="button"
            className="plain-button"
            onClick={() => setPanel(`resultat:${String(entry.refusal!.extra.report)}`)}
          >
            Voir celui qui est au dossier
          </button>
        </Note>
      )}
    </>
  );
}
