#!/usr/bin/env bash
# What action.yml runs: one check, told beside the code, as SARIF and in the summary of the step.
# In: CLI, PATHS, ARGS (one a line), FAIL_ON, SARIF_FILE. The runner gives GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP.
set -uo pipefail

lines() { printf '%s\n' "$1" | grep -v '^[[:space:]]*$'; }
mapfile -t paths < <(lines "$PATHS")
mapfile -t args < <(lines "$ARGS")
results="$RUNNER_TEMP/activation-lens.json"
rm -f "$results"

node "$CLI" check "${args[@]}" --format json --output-file "$results" --fail-on "$FAIL_ON" -- "${paths[@]}"
status=$?
# Wrong usage: it was said on standard error.
[ -f "$results" ] || exit "$status"

tell() { node "$CLI" merge "$results" --fail-on never "$@"; }
tell --format github &&
  tell --format markdown >> "$GITHUB_STEP_SUMMARY" &&
  tell --format sarif --output-file "$SARIF_FILE" &&
  printf 'sarif-file=%s\n' "$SARIF_FILE" >> "$GITHUB_OUTPUT" || exit 2
exit "$status"
