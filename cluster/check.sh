#!/bin/sh
# Checks many files on several hosts with GNU parallel and merges what was found into one JSON document.
#
#   git ls-files | cluster/check.sh HOSTS OUT.json
#
# HOSTS is a file for --sshloginfile: a line for each host, as `2/worker-1`, with the number of its processes in front.
# Every host has the tree in the same folder, and finds activation-lens in the PATH of a plain ssh command; lists of names
# and results are copied by rsync.
#
#   FILES_PER_JOB=500    names in one job
#   SSH                  how hosts are reached; a host that is gone is noticed after about ten seconds
#
# Jobs whose host dies are given to another one. When this script is ended, the same command again does what is left.
set -eu

hosts=$1
out=$2
work=$out.parts
: "${FILES_PER_JOB:=500}"
: "${SSH:=ssh -o BatchMode=yes -o ConnectTimeout=5 -o ServerAliveInterval=3 -o ServerAliveCountMax=3}"

if [ ! -d "$work" ]; then
  mkdir "$work.new"
  split -l "$FILES_PER_JOB" -a 6 -d - "$work.new/names."
  mv "$work.new" "$work"
fi

# Each job has a folder of its own on its host, to which names are copied and from which results come back. --fail-on never: a
# finding is no failure of a job, which would be repeated; merge has the last word.
export TREE="$PWD"
hosts=$(realpath "$hosts")
(
  cd "$work"
  parallel --sshloginfile "$hosts" --ssh "$SSH" --env TREE --workdir ... --retries 10 \
    --joblog log --resume-failed \
    --transferfile {} --return {}.json --cleanup \
    'job=$PWD; cd "$TREE" && activation-lens check --files-from "$job"/{} --jobs 1 --format json' \
    '--fail-on never --output-file "$job"/{}.json' \
    ::: names.??????
)

exec activation-lens merge "$work"/names.??????.json --format json --output-file "$out"
