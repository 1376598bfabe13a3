/** An answer that refuses: RFC 9457 outside FHIR. `detail` is French, for the person: what happened, what is kept, what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  /** Field path → words, for forms. */
  readonly fields?: Record<string, string>;
  readonly extra?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  constructor(
    status: number,
    title: string,
    detail: string,
    more: { fields?: Record<string, string>; extra?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.fields = more.fields;
    this.extra = more.extra;
    this.headers = more.headers;
  }
  toJSON() {
    return {
      type: 'about:blank',
      title: this.title,
      status: this.status,
      detail: this.message,
      ...(this.fields && { fields: this.fields }),
      ...this.extra,
    };
  }
}

export const notFound = (what = 'Cette page'): Problem =>
  new Problem(404, 'Introuvable', `${what} n’existe pas ou n’est pas accessible avec vos droits.`);
export const forbidden = (detail: string): Problem => new Problem(403, 'Accès refusé', detail);
export const invalid = (detail: string, fields?: Record<string, string>): Problem =>
  new Problem(422, 'Saisie à corriger', detail, { fields });
export const conflict = (detail: string, extra?: Record<string, unknown>): Problem =>
  new Problem(409, 'Conflit', detail, { extra });
