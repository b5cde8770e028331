import assert from "node:assert/strict";
import { test } from "node:test";
import { type ScanTask, scan, scanWords } from "../../../../src/host/networks/scan.ts";
import { analysis } from "../sample.ts";

const empty = analysis({ sites: [], networks: [] });

/** Reading a file takes 5 ms of a clock that only this moves. */
function task(change: Partial<ScanTask<string, string>> = {}) {
  let time = 0;
  const seen: string[] = [];
  const counts = { pauses: 0, reports: 0 };
  const made: ScanTask<string, string> = {
    load: async (file) => {
      if (file === "broken") throw new Error("unreadable");
      return file === "large" ? null : file;
    },
    analyse: (file) => {
      time += 5;
      return file.startsWith("net") ? analysis() : empty;
    },
    found: (file) => seen.push(file),
    progress: () => counts.reports++,
    isCancelled: () => false,
    now: () => time,
    pause: async () => {
      counts.pauses++;
    },
    ...change,
  };
  return { made, seen, counts };
}

test("finds the networks and counts what it could not read", async () => {
  const { made, seen } = task();
  const files = ["a", "net1", "broken", "large", "net2"];
  const result = await scan(files, made);
  assert.deepEqual(result, { done: 5, skipped: 2, files: 2, networks: 2 });
  assert.deepEqual(seen, ["net1", "net2"]);
  assert.equal(
    scanWords(result, 5, false),
    "Found 2 networks in 2 of 5 files. Skipped 2 files: too large or unreadable.",
  );
});

test("makes way for others again and again", async () => {
  const { made, counts } = task();
  await scan(
    Array.from({ length: 30 }, () => "a"),
    made,
  );
  assert.equal(counts.pauses, 10, "after each three files of 5 ms");
  assert.equal(counts.reports, counts.pauses);
});

test("loads a few files ahead, never all at once", async () => {
  let [waiting, most] = [0, 0];
  const { made } = task({
    load: async (file) => {
      most = Math.max(most, ++waiting);
      return file;
    },
    analyse: () => {
      waiting--;
      return empty;
    },
  });
  const { done } = await scan(
    Array.from({ length: 100 }, (_, at) => `file ${at}`),
    made,
  );
  assert.equal(done, 100);
  assert.ok(most > 1 && most < 12, `${most} files at once`);
});

test("stops when asked to, and keeps what it has found", async () => {
  let left = 3;
  const { made, seen } = task({ isCancelled: () => left-- === 0 });
  const files = ["net1", "a", "net2", "net3"];
  const result = await scan(files, made);
  assert.deepEqual(seen, ["net1", "net2"]);
  assert.match(scanWords(result, files.length, false), /^Stopped after 3 of 4 files\. Found 2 networks/);
});

test("says so when nothing was found, or not everything was looked at", () => {
  const none = { done: 1, skipped: 0, files: 0, networks: 0 };
  assert.equal(scanWords(none, 1, false), "Found no network in 1 file.");
  assert.match(scanWords({ ...none, done: 5000 }, 5000, true), /only the first 5000 were looked at\.$/);
});
