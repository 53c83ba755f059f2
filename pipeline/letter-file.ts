// What an agency says of an official letter: `report.letter` of a job file, or a YAML file with the same settings for letters that
// belong to no single job (`doisoat national --letter`).
import { resolve } from 'node:path';
import type { z } from 'zod';
import { BLANK_LETTER, type Letter } from '../reports/letter.js';
import { checkFile } from '../sectors/schema-check.js';
import { readYamlFile } from '../sectors/yaml-file.js';
import { jobSchema, letterSchema } from './job-schema.js';

export function letterOf(letter: z.output<typeof letterSchema>): Letter {
  return {
    agencyAbove: letter.agency_above ?? null,
    agency: letter.agency ?? null,
    number: letter.number ?? null,
    place: letter.place ?? null,
    date: letter.date ?? null,
    to: letter.to,
    subject: letter.subject ?? null,
    signerTitle: letter.signer_title,
    signer: letter.signer ?? null,
    recipients: letter.recipients,
    filing: letter.filing ?? null,
  };
}

/**
 * Reads a letter's settings from a file of their own, or those of a job file; the latter without number, date and subject, which are the
 * job's own letter's. Throws UserError with file, line and the nearest valid name.
 */
export function readLetter(path: string): Letter {
  const file = readYamlFile(resolve(path));
  const { value } = file;
  const isJob = typeof value === 'object' && value !== null && ('report' in value || 'sector' in value);
  if (!isJob) return letterOf(checkFile(file, letterSchema));
  const { number, date, subject } = BLANK_LETTER;
  return { ...letterOf(checkFile(file, jobSchema).report.letter), number, date, subject };
}
