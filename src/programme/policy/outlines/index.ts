import { z } from 'zod';
import type { TrackKind } from '../../contract/composition.ts';
import { coreRequirements, outline } from '../contract.ts';
import aci from './aci-core.json' with { type: 'json' };
import esp from './esp.json' with { type: 'json' };
import msp from './msp.json' with { type: 'json' };

/** The outlines of ARS for the health project, and the core requirements of the ACI: data, with their source and year. Throws when a file is not whole. */
const outlines = z.array(outline).parse([esp, msp]);
export const outlineOf = (kind: TrackKind) => outlines.find((one) => one.kind === kind)!;
export const aciCore = coreRequirements.parse(aci);
