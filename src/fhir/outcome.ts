// https://hl7.org/fhir/R4/operationoutcome.html

export interface OutcomeIssue {
  severity: 'fatal' | 'error' | 'warning' | 'information';
  code: string;
  diagnostics: string;
  expression?: string[];
}

export interface OperationOutcome {
  resourceType: 'OperationOutcome';
  issue: OutcomeIssue[];
}

/** A refusal in FHIR's words: status, and an OperationOutcome that says where and what to do. */
export class FhirProblem extends Error {
  readonly status: number;
  readonly outcome: OperationOutcome;
  /** The version that stands in the store when an edit met another (412). */
  readonly current?: string;
  /** `Type/id` of what is refused, where several are written together. */
  readonly about?: string;
  constructor(
    status: number,
    code: string,
    diagnostics: string,
    more: { expression?: string; issues?: OutcomeIssue[]; current?: string; about?: string } = {},
  ) {
    super(diagnostics);
    this.status = status;
    this.current = more.current;
    this.about = more.about;
    this.outcome = {
      resourceType: 'OperationOutcome',
      issue: more.issues ?? [
        { severity: 'error', code, diagnostics, ...(more.expression && { expression: [more.expression] }) },
      ],
    };
  }
}

export const success = (diagnostics: string): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'information', code: 'informational', diagnostics }],
});

/** What a read gives, null where it is not there or not for this reader. An outage is no absence: it is still told. */
export const ifThere = <T>(read: Promise<T>): Promise<T | null> =>
  read.catch((error: { status?: number } | null) => {
    if ([403, 404, 410].includes(error?.status ?? 0)) return null;
    throw error;
  });
