/** Every sector that a table describes, group by group as the programme lists them. */
import type { SectorTable } from '../sector-table.js';
import { CIVIL_STATUS } from './civil-status.js';
import { EDUCATION } from './education.js';
import { INSURANCE_HEALTH } from './insurance-health.js';
import { JUSTICE } from './justice.js';
import { LABOUR } from './labour.js';
import { LAND_TRANSPORT } from './land-transport.js';
import { MONEY } from './money.js';
import { SEVERAL_PEOPLE } from './several-people.js';
import { STATE_ASSOCIATIONS } from './state-associations.js';
import { TAX_SCIENCE_DERIVED } from './tax-science-derived.js';
import { TELECOM } from './telecom.js';

export const TABLES: readonly SectorTable[] = [
  ...TELECOM,
  ...CIVIL_STATUS,
  ...SEVERAL_PEOPLE,
  ...LABOUR,
  ...MONEY,
  ...INSURANCE_HEALTH,
  ...STATE_ASSOCIATIONS,
  ...LAND_TRANSPORT,
  ...EDUCATION,
  ...JUSTICE,
  ...TAX_SCIENCE_DERIVED,
];
