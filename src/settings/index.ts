/** The door of the settings: the reader of configurations, shared by command line and editor. */
export { Config, type FileProblem, problemWords } from "./config.ts";
export { awaitSteps, type Content, load, runSteps } from "./load.ts";
export {
  type Failure,
  failures,
  type Settings,
  severities,
  type Written,
} from "./options.ts";
export { folderOf, isRoot, joined, resolved } from "./paths.ts";
export { Patterns } from "./patterns.ts";
export {
  ENVIRONMENT,
  enter,
  isLeftOut,
  nowhere,
  type Place,
  type PlaceOptions,
  searchFrom,
} from "./places.ts";
export { configNames, readConfig } from "./read.ts";
export { starterJson, starterToml } from "./starter.ts";
