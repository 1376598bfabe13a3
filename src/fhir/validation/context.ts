import type { Terminology } from '../terminology/index.ts';

export interface Issue {
  severity: 'error' | 'warning' | 'information';
  /** FHIR IssueType. */
  code: string;
  /** English: what is wrong and what to do. */
  diagnostics: string;
  /** FHIRPath, like `Patient.name[0].family`. */
  expression: string;
}

export type Obj = Record<string, unknown>;
export const isObject = (value: unknown): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Issues are counted no further than this. */
const maxIssues = 200;
/** Elements inside elements no deeper than this. */
export const maxDepth = 100;
/** FHIRPath rules are evaluated for this long (ms), on resources of no more elements than that; the hand-written ones always. */
export const maxEvaluation = 2_000;
export const maxElements = 20_000;

/** What one validation carries along. */
export class Context {
  issues: Issue[] = [];
  /** Segments: a name, or the index of an item. */
  path: (string | number)[] = [];
  errors = 0;
  /** Errors among the issues. */
  reported = 0;
  full = false;
  depth = 0;
  tooDeep = false;
  elements = 0;
  started = 0;
  profileDepth = 0;
  /** The resource at hand (`%resource`). */
  resource: Obj = {};
  /** The resource that contains it, or itself (`%rootResource`). */
  root: Obj = {};
  bundle: Obj | undefined;
  fullUrls: Map<string, Obj> | undefined;
  terminology: Terminology | undefined;

  where(tail?: string): string {
    let text = '';
    for (const segment of this.path) {
      if (typeof segment === 'number') text += `[${segment}]`;
      else text += text === '' ? segment : `.${segment}`;
    }
    return tail === undefined ? text : text === '' ? tail : `${text}.${tail}`;
  }

  report(severity: Issue['severity'], code: string, diagnostics: string, tail?: string): void {
    const isError = severity === 'error';
    if (isError) this.errors += 1;
    if (this.full || (!isError && this.issues.length - this.reported >= maxIssues / 2)) return;
    const expression = this.where(tail);
    // Two profiles (or a profile and the one it builds on) often say the same.
    if (this.issues.some((i) => i.diagnostics === diagnostics && i.expression === expression)) return;
    this.issues.push({ severity, code, diagnostics, expression });
    // Warnings must not keep errors from being found.
    if (isError) this.reported += 1;
    if (this.reported >= maxIssues) this.full = true;
  }

  /** The issues, errors before the rest when there are too many. */
  result(): Issue[] {
    if (this.issues.length <= maxIssues) return this.issues;
    const isError = (issue: Issue) => issue.severity === 'error';
    return [...this.issues.filter(isError), ...this.issues.filter((i) => !isError(i))].slice(0, maxIssues);
  }

  error(code: string, diagnostics: string, tail?: string): void {
    this.report('error', code, diagnostics, tail);
  }

  /** Number of errors that `work` finds; nothing is reported. */
  silently(work: () => void): number {
    const { issues, errors, full, reported } = this;
    this.issues = [];
    this.errors = 0;
    this.reported = 0;
    this.full = false;
    work();
    const found = this.errors;
    this.issues = issues;
    this.errors = errors;
    this.reported = reported;
    this.full = full;
    return found;
  }

  /** The target of a literal reference, when it is contained or in the same Bundle. */
  resolve(reference: string): Obj | undefined {
    if (reference.startsWith('#')) {
      if (reference === '#') return this.root;
      const contained = this.root.contained;
      return Array.isArray(contained) ? contained.find((r) => isObject(r) && r.id === reference.slice(1)) : undefined;
    }
    if (!this.bundle) return undefined;
    if (!this.fullUrls) {
      this.fullUrls = new Map();
      for (const entry of Array.isArray(this.bundle.entry) ? this.bundle.entry : []) {
        if (!isObject(entry) || !isObject(entry.resource)) continue;
        if (typeof entry.fullUrl === 'string') this.fullUrls.set(entry.fullUrl, entry.resource);
        this.fullUrls.set(`${entry.resource.resourceType}/${entry.resource.id}`, entry.resource);
      }
    }
    return this.fullUrls.get(reference) ?? this.fullUrls.get(reference.replace(/\/_history\/.*$/, ''));
  }
}

export const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`;

/** A value as it may be shown in a message: short, on one line. */
export const shown = (value: unknown): string => {
  let text: string;
  try {
    text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    text = String(value);
  }
  text = text.replace(/\s+/g, ' ');
  return `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`;
};
