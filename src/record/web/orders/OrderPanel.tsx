import { failureOf } from '../../../web/api.ts';
import { SidePanel } from '../../../web/ui/SidePanel.tsx';
import { Bone, Failure, NoRight } from '../../../web/ui/states.tsx';
import { useOrders } from './use-orders.ts';
import { OrderComposer, type PanelProps } from './OrderComposer.tsx';

/** «Prescrire»: lines, then a signature. */
export default function OrderPanel({ patient, patientName, args, onClose }: PanelProps) {
  const query = useOrders(patient);
  if (query.data && query.data.may.length > 0)
    return (
      <OrderComposer
        key={args.join(':')}
        patient={patient}
        patientName={patientName}
        page={query.data}
        args={args}
        onClose={onClose}
      />
    );
  return (
    <SidePanel title="Prescrire" subtitle={patientName} onClose={onClose} wide>
      {query.data ? (
        <NoRight detail={query.data.mayWords} />
      ) : failureOf(query) ? (
        <Failure of={query} />
      ) : (
        <Bone h={220} />
      )}
    </SidePanel>
  );
}
