/** What the rewrites of sites share: what they are made from, what they give, and the reasons against. */
import type { Spelling } from "../../frameworks/index.ts";
import type { Edit, Fix, Layer } from "../../model.ts";
import type { Scope } from "../../syntax/scopes.ts";
import type { Unit } from "../../units.ts";
import type { CodeIndex } from "../codeIndex.ts";

export type Proposal = { readonly fix: Fix } | { readonly reason: string };

/** What a rewrite may look at beside its site. */
export interface Around {
  readonly unit: Unit;
  readonly index: () => CodeIndex;
  /** Layers of the network that the site's activation follows; none where no network is meant. */
  readonly layers: readonly Layer[];
  /** Names that other rewrites of the same fix have given to new attributes, of each class. */
  readonly taken: Map<Scope | undefined, Set<string>>;
}

export interface Rewrite {
  /** Within the site's statement, and the statement that a part of it moves to. */
  readonly edits: readonly Edit[];
  /** Several sites may need the same. */
  readonly imports?: readonly Edit[];
  /** How it is written then. */
  readonly target: Spelling;
  /** Who calls it is not seen here. */
  readonly isPassedOn?: boolean;
  /** What else changes, in sentences. */
  readonly notes?: readonly string[];
}

export type Written = Rewrite | { readonly reason: string };

export const NO_NAME = { reason: "its name is used for something else in this file" };
export const OPEN_CALL = { reason: "the call is not closed yet" };
