/** The bundle that the preview loads when the lab is opened: it has nothing to do with the page until then. */
import { blobWorker } from "./blobWorker.ts";
import { mountLab } from "./index.ts";

export const lab = { mountLab, blobWorker };
export type LabModule = typeof lab;

Object.assign(globalThis, { activationLensLab: lab });
