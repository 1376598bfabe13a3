import { z } from 'zod';

export const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);
export const version = z.number().int().min(1);
export const typed = z.string().trim().max(30);
export const words = z.string().trim().max(500);
export const medicineType = z.enum(['MedicationRequest', 'MedicationStatement']);
/** An entry of the list of treatments, at the version that was seen. */
export const treatmentRef = z.object({ type: medicineType, id, version });
