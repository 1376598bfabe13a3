/**
 * Checks resources against R4, the profiles they declare and the value sets their codes are bound to.
 * Rules: https://hl7.org/fhir/R4/validation.html
 */
import { type PackageSource, structure } from '../definitions/index.ts';
import { createTerminology, type Terminology } from '../terminology/index.ts';
import { Context, type Issue, type Obj, shown } from './context.ts';
import { checkProfiles, compileProfile, type Profile, type ProfileFinder } from './profile.ts';
import { checkResource, type Profiles } from './walk.ts';

export { loadPackage, packageOf, packagesOf } from '../definitions/index.ts';
export type { Issue } from './context.ts';

export interface ValidationOptions {
  /** Canonical URLs to check besides those in meta.profile. */
  profiles?: string[];
  /** False leaves codes unchecked. */
  bindings?: boolean;
}

export interface Validator {
  /** Never throws: whatever is given, the answer is what is wrong with it (at most 200 issues). */
  validate(resource: unknown, options?: ValidationOptions): Issue[];
}

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';

/**
 * @param packages definitions besides R4's own
 * @param terminology shared with whoever else needs one; made from the packages when not given
 */
export function createValidator(
  packages?: PackageSource,
  terminology: Terminology = createTerminology(packages),
): Validator {
  const compiled = new Map<string, Profile>();
  const find: ProfileFinder = {
    structure: (url) => packages?.structure(url) ?? structure(url),
    profile: (url) => {
      const made = compiled.get(url);
      if (made) return made;
      const definition = find.structure(url);
      if (definition?.derivation !== 'constraint') return undefined;
      const profile = compileProfile(definition, find);
      compiled.set(url, profile);
      return profile;
    },
  };

  const profiles: Profiles = {
    check: (urls, type, value, ctx) => checkProfiles(urls, type, value, ctx, find),
    extension: (url, modifier, value, ctx) => {
      const profile = find.profile(url);
      const known = profile?.type === 'Extension';
      if (modifier && !known) {
        ctx.error(
          'extension',
          `The modifier extension ${shown(url)} is not known here, and may change the meaning of what holds it: leave it out, or install the package that defines it.`,
        );
      } else if (known && modifier !== (profile.raw.element?.isModifier === true)) {
        ctx.error(
          'extension',
          `The extension ${shown(url)} is ${modifier ? 'no modifier: put it in extension' : 'a modifier: put it in modifierExtension'}.`,
        );
      }
      if (known) profile.check(value, 'Extension', ctx);
    },
    declared: (resource, type, ctx) => {
      const meta = resource.meta as Obj | undefined;
      const declared = meta && typeof meta === 'object' && Array.isArray(meta.profile) ? meta.profile.slice(0, 50) : [];
      for (const [i, url] of declared.entries()) {
        if (typeof url === 'string') check(url, resource, type, ctx, `meta.profile[${i}]`);
      }
    },
  };

  const check = (url: string, resource: Obj, type: string, ctx: Context, where?: string): void => {
    if (url === hl7 + type || ctx.full) return;
    const profile = find.profile(url);
    if (!profile) {
      const known = find.structure(url);
      if (known && known.type !== type && known.kind === 'resource' && !known.abstract) {
        ctx.error('structure', `The profile ${url} is for ${known.type}, not for ${type}.`, where);
      } else if (!known) {
        ctx.report(
          'warning',
          'not-found',
          `The profile ${url} is not known here and was not checked: install its package.`,
          where,
        );
      }
    } else if (profile.type !== type) {
      ctx.error('structure', `The profile ${url} is for ${profile.type}, not for ${type}.`, where);
    } else {
      const [, asked] = url.split('|');
      const version = find.structure(url)?.version;
      if (asked !== undefined && version !== undefined && asked !== version)
        ctx.report(
          'warning',
          'not-found',
          `The profile ${url} is known here in its version ${version}: checked against that one.`,
          where,
        );
      profile.check(resource, type, ctx);
    }
  };

  return {
    validate: (resource, options) => {
      const ctx = new Context();
      if (options?.bindings !== false) ctx.terminology = terminology;
      try {
        checkResource(resource, ctx, profiles);
        if (options?.profiles && ctx.path.length > 0 && !ctx.tooDeep) {
          const root = resource as Obj;
          ctx.resource = root;
          ctx.root = root;
          if (root.resourceType === 'Bundle') ctx.bundle = root;
          for (const url of new Set(options.profiles)) check(url, root, String(root.resourceType), ctx);
        }
      } catch (error) {
        // A fault of ours must not become a fault of the server; it must be seen all the same.
        ctx.error(
          'exception',
          `The resource could not be checked: ${error instanceof Error ? error.message : 'unknown fault'}.`,
        );
      }
      return ctx.result();
    },
  };
}
