// https://hl7.org/fhir/R4/http.html#transaction
import { FhirProblem } from '../outcome.ts';
import { batch } from './batch.ts';
import { asResource } from './body.ts';
import type { Handler } from './call.ts';
import { transaction } from './transaction.ts';

export const bundle: Handler = async (call) => {
  const { type } = asResource(call.body(), 'Bundle');
  if (type === 'batch') return batch(call);
  if (type === 'transaction') return transaction(call);
  const given = typeof type === 'string' ? `“${type.slice(0, 40)}”` : 'missing';
  throw new FhirProblem(
    400,
    'value',
    `The type of a bundle sent here must be batch or transaction; it is ${given}. To keep a bundle as it is, POST it to /Bundle.`,
    { expression: 'Bundle.type' },
  );
};
