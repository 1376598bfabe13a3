import type { RecordPage } from '../../contract.ts';

/** Whose it is, on each sheet of a panel that is printed. */
export const onPaper = ({ patient }: RecordPage['header']) => ({
  name: patient.name,
  about: `${patient.birthDateLabel} (${patient.age})`,
});
