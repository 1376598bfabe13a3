import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call, Refusal } from '../../../web/api.ts';
import { Card } from '../../../web/ui/bits.tsx';
import { CheckIcon } from '../../../web/ui/icons.ts';
import { failed } from '../../../web/ui/undo.tsx';
import { letterWays, recordContract, type SummaryView } from '../../contract.ts';
import { GivenLines } from '../letters/GivenLines.tsx';
import { wrote } from '../use-record.ts';
import css from './synthesis.module.css';

const ways = ['handed', 'posted', 'printed'] as const;

/** Where a signed summary went: handed over, posted, printed, as one says. */
export function Given({ patient, view, canWrite }: { patient: string; view: SummaryView; canWrite: boolean }) {
  const [way, setWay] = useState<(typeof ways)[number]>('handed');
  const [to, setTo] = useState('');
  const give = useMutation({
    mutationFn: () =>
      call(recordContract.giveSummary, {
        params: { patient, id: view.id },
        body: { version: view.version, way, to },
      }),
    onSuccess: (written) => {
      setTo('');
      wrote(patient, written, `Noté : ${letterWays[way].toLowerCase()}.`);
    },
    onError: failed,
  });
  // What was just noted is not read yet: the next line would be refused as written on an older version.
  const reading = (give.data?.lines[0]?.version ?? 0) > view.version;
  const refused = give.error instanceof Refusal ? give.error.fields : {};
  return (
    <div className={css.after}>
      <Card title="Remise">
        <div className={css.given}>
          <GivenLines given={view.given} />
          {canWrite && (
            <form
              className={css.giving}
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                give.mutate();
              }}
            >
              <NativeSelect
                label="Comment"
                value={way}
                onChange={(event) => setWay(event.currentTarget.value as typeof way)}
                data={ways.map((one) => ({ value: one, label: letterWays[one] }))}
              />
              <TextInput
                label="À qui (facultatif)"
                placeholder="le patient, un confrère, un service"
                value={to}
                maxLength={120}
                error={refused.to}
                onChange={(event) => setTo(event.currentTarget.value)}
              />
              <Button
                type="submit"
                variant="default"
                leftSection={<CheckIcon size={16} />}
                loading={give.isPending || reading}
              >
                Noter
              </Button>
            </form>
          )}
        </div>
      </Card>
    </div>
  );
}
