#!/usr/bin/env node
/** Starts the command line. Where Node can (22.8 and later) it keeps the compiled code for the next start. */
import * as nodeModule from "node:module";

const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
enableCompileCache?.();
// Not `import()`: its loader would look through all of the program for the names that it exports.
require("./main.ts");
