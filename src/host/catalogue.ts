import type { Activation } from "../engine/index.ts";
export const activationById = (_id: string): Activation | undefined => undefined;
