/** How long it takes from a key to the preview's redraw, seen from inside the pages of the workbench. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { remoteUri, type Server, workbenchUrl } from "./codeServer.ts";
import { click, lensSelector, webview, word } from "./editorPage.ts";
import { imports, network } from "./modelCode.ts";
import { insist } from "./patience.ts";
import { temporaryFolder } from "./processes.ts";

const hidden = `            nn.Linear(width, width),
            nn.BatchNorm1d(width),
            nn.ReLU(),
            nn.Dropout(dropout),
`;

/** A class with its training, the class of a block and its loop: about 55 lines, as model files have them. */
const part = (index: number): string => `${network(index, { width: 256, slope: index + 1, hidden })}

class Block${index}(nn.Module):
    """A block with a residual connection."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.hidden = nn.Linear(width, 4 * width)
        self.out = nn.Linear(4 * width, width)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        h = F.relu(self.hidden(self.norm(x)))
        if mask is not None:
            h = h * mask.unsqueeze(-1)
        return x + self.out(h)


def train${index}(loader, epochs: int = 10) -> None:
    for epoch in range(epochs):
        for batch, (images, labels) in enumerate(loader):
            optimizer${index}.zero_grad()
            loss = F.cross_entropy(net${index}(images), labels)
            loss.backward()
            optimizer${index}.step()
            print(f"epoch {epoch} batch {batch} loss {loss.item():.3f}")

`;

/** A model file of 500 lines. */
function longFile(): string {
  const text = imports + Array.from({ length: 10 }, (_, index) => part(index)).join("");
  return `${text.split("\n").slice(0, 499).join("\n")}\n`;
}

/** Milliseconds since the key went down. */
interface Redraw {
  /** The preview's page has the message: the way through the editor, and the reading of the file. */
  readonly told: number;
  /** Its curves and words are new. */
  readonly drawn: number;
  /** The frame that shows them is painted. */
  readonly shown: number;
}

interface Clock {
  lensKey?: number;
  lensRedraw?: Redraw;
  lensDone?: () => void;
}

const WARM_UP = 10;

/**
 * Opens a model file of 500 lines with its preview, and types into a number that it shows: key by key, and resting
 * until what follows a pause (findings, lenses) is over as well.
 *
 * @returns in words, since times depend on what else the machine does
 */
export async function typingTimes(page: Page, server: Server, keys = 40): Promise<string> {
  const folder = temporaryFolder();
  const file = path.join(folder, "model.py");
  writeFileSync(file, longFile());
  await page.goto(workbenchUrl(server.url, folder, [["openFile", remoteUri(server, file)]]));
  await page.locator(lensSelector).first().waitFor({ timeout: 90_000 });
  const lens = page.locator(lensSelector, { hasText: /^Preview$/ }).first();
  await insist("click on Preview", () => click(page, lens), webview(page).locator("h1", { hasText: /\S/ }));
  await click(page, word(page, "LeakyReLU"));
  for (const key of ["End", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
  await startClocks(page);
  const times: Redraw[] = [];
  for (let index = 0; index < WARM_UP + keys; index++) {
    const time = await timedKey(page, index % 2 === 0 ? "7" : "Backspace");
    if (index >= WARM_UP) times.push(time);
    // At no fixed distance, so that keys do not fall in step with the frames.
    await page.waitForTimeout(500 + 100 * Math.random());
  }
  const words = (name: string, pick: (time: Redraw) => number) => {
    const sorted = times.map(pick).sort((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))]!);
    return `${name} ${at(0.5)} ms (fastest ${at(0)}, 95 % under ${at(0.95)})`;
  };
  return [
    `${times.length} keys, median`,
    words("until the page is told", ({ told }) => told),
    words("drawn", ({ drawn }) => drawn),
    words("painted", ({ shown }) => shown),
  ].join("; ");
}

/** Notes the times of each key and of the redraw that follows. */
async function startClocks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const note = ({ timeStamp }: Event) => {
      (window as Clock).lensKey = performance.timeOrigin + timeStamp;
    };
    addEventListener("keydown", note, { capture: true });
  });
  await webview(page)
    .locator("main")
    .evaluate(() => {
      const clock = window as Clock;
      const now = () => performance.timeOrigin + performance.now();
      let version = 0;
      // Behind the page's own listener: when this one is called, the page has drawn.
      addEventListener("message", ({ data, timeStamp }: MessageEvent) => {
        if (data?.type !== "show" || data.source.version <= version) return;
        version = data.source.version;
        const [told, drawn] = [performance.timeOrigin + timeStamp, now()];
        requestAnimationFrame(() => {
          // A message waits until the frame is laid out and painted.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            clock.lensRedraw = { told, drawn, shown: now() };
            clock.lensDone?.();
          };
          port2.postMessage(null);
        });
      });
    });
}

/** Presses a key that changes what the preview shows. */
async function timedKey(page: Page, key: string): Promise<Redraw> {
  const inside = webview(page).locator("main");
  await inside.evaluate(() => {
    delete (window as Clock).lensRedraw;
  });
  await page.keyboard.press(key);
  const at = await inside.evaluate(async () => {
    const clock = window as Clock;
    if (!clock.lensRedraw) {
      await new Promise<void>((resolve) => {
        clock.lensDone = resolve;
      });
    }
    return clock.lensRedraw!;
  });
  const start = await page.evaluate(() => (window as Clock).lensKey!);
  return { told: at.told - start, drawn: at.drawn - start, shown: at.shown - start };
}
