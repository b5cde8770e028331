/** Every rule; each looks at one network with its risk. */
import type { Finding, Network } from "../model.ts";
import { dyingRelu } from "./dyingRelu.ts";

const rules: readonly ((network: Network) => readonly Finding[])[] = [dyingRelu];

export function findingsOf(networks: readonly Network[]): Finding[] {
  return networks
    .flatMap((network) => rules.flatMap((rule) => rule(network)))
    .sort((a, b) => a.span.from - b.span.from);
}
