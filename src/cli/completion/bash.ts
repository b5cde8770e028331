import type { Values } from "../table.ts";
import type { CommandShape, OptionShape } from "./shape.ts";

/** Works without the package bash-completion, in bash 3.2 and newer. Where it has no word, bash completes files. */
export function bash(commands: readonly CommandShape[]): string {
  const names = commands.map(({ name }) => name);
  return `# activation-lens completion bash: put  source <(activation-lens completion bash)  into ~/.bashrc
_activation_lens() {
  local current=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD-1]} before='' command='' words='' i
  COMPREPLY=()
  # Bash takes words apart at =: --format=json, --severity RULE=LEVEL and --severity=RULE=LEVEL are put together again.
  if [[ $current == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD-1]}
    current=''
    i=$((COMP_CWORD - 1))
  elif [[ $option == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD-2]}
    i=$((COMP_CWORD - 2))
  else
    i=0
  fi
  if [[ $i -gt 1 && $option != -* ]]; then
    before="$option="
    option=\${COMP_WORDS[i-1]}
    [[ $option == '=' ]] && option=\${COMP_WORDS[i-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${names.join(" | ")}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case "$command" in
    '') words='${names.join(" ")} --help --version' ;;
${commands.map(commandCase).join("")}  esac
  COMPREPLY=($(compgen -W "$words" -- "$before$current"))
  COMPREPLY=("\${COMPREPLY[@]#"$before"}")
}
complete -o default -F _activation_lens activation-lens
`;
}

function commandCase({ name, values, options }: CommandShape): string {
  const flags = options.flatMap(({ name: long, short }) => [`--${long}`, ...(short ? [`-${short}`] : [])]);
  const cases = options.filter(({ takesValue }) => takesValue).map(valueCase);
  return `    ${name})
      case "$option" in
${cases.join("")}        *) if [[ $current == -* ]]; then words='${flags.join(" ")}'; else words='${wordsOf(values)}'; fi ;;
      esac
      ;;
`;
}

const valueCase = ({ name, values }: OptionShape): string =>
  `        --${name}) words='${wordsOf(values)}' ;;\n`;

const wordsOf = (values: Values | undefined): string => (typeof values === "object" ? values.join(" ") : "");
