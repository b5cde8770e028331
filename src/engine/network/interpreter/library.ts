/** What the interpreter asks of those who know libraries: nothing in the interpreter knows a framework. */

import type { Call, Expression, FunctionDefinition } from "../../syntax/tree.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Environment } from "./memory.ts";
import type { Arguments, ClassValue, Instance, Module, SymbolValue, Value } from "./values.ts";

export interface Library {
  /** A call of an imported symbol; undefined: nothing is known of it. */
  call(callee: SymbolValue, given: Arguments, node: Call, run: Interpreter): Value | undefined;
  /** A call of a method of something that the file does not define. */
  method(receiver: Value, name: string, given: Arguments, node: Call, run: Interpreter): Value | undefined;
  attribute(receiver: Value, name: string, node: Expression, run: Interpreter): Value | undefined;
  /** A call of a layer, container or activation. */
  apply(module: Module, given: Arguments, node: Call, run: Interpreter): Value;
  /** A call of an instance of a class of the file. */
  invoke(instance: Instance, given: Arguments, node: Call, run: Interpreter): Value | undefined;
  /** Told of every instance of a class of the file. */
  made(instance: Instance, run: Interpreter): void;
  /** What a framework's own constructor does for a class of the file that is derived from it. */
  construct(instance: Instance, base: string, given: Arguments, node: Call, run: Interpreter): void;
  /** An operator with something on a side that the interpreter does not know. */
  operate(operator: string, left: Value, right: Value, node: Expression, run: Interpreter): Value;
  /** The items that a loop over something runs through; undefined: not known. */
  items(value: Value, run: Interpreter): readonly Value[] | undefined;
  /** What a loop gets from something of unknown length: a batch of a loader. */
  element(value: Value): Value | undefined;
  /** Whether a value is an instance of a symbol; undefined: not known. */
  isInstance(value: Value, symbol: string): boolean | undefined;
  /** What decorators make of a function, where it is no longer what is written. */
  decorated(definition: FunctionDefinition, env: Environment, run: Interpreter): Value | undefined;
  /** What a parameter is when a function is tried without a caller. */
  parameter(name: string, run: Interpreter): Value;
  /** Whether a class of the file is one whose fields are its arguments. */
  takesFields(
    definition: ClassValue["definition"],
    bases: readonly Value[],
    decorators: readonly Value[],
  ): boolean;
}
