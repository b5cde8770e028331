/** What is shown and where it stands in the code; follow the cursor, or stay. */
import { activationById } from "../src/engine/activations/catalogue.ts";
import { frameworkNames } from "../src/engine/words.ts";
import type { ShownSite } from "../src/protocol.ts";
import type { Section } from "./controls.ts";
import { button, element, icon } from "./dom.ts";
import type { PreviewState } from "./state.ts";

export interface HeaderActions {
  reveal(): void;
  follow(following: boolean): void;
  place(where: "another" | "window"): void;
}

export function createHeader(actions: HeaderActions): Section {
  const title = element("h1");
  const badges = element("div", { class: "badges" });
  const place = element("div", { class: "place" });
  let following = true;
  const pin = button(
    "Stay with this line",
    { class: "icon-button", "data-key": "pin" },
    () => actions.follow(!following),
    icon("pin"),
  );
  const tool = (label: string, key: string, name: Parameters<typeof icon>[0], act: () => void) => {
    const made = button(label, { class: "icon-button", "data-key": key, title: label }, act, icon(name));
    return made;
  };
  const tools = element(
    "div",
    { class: "tools" },
    pin,
    tool("Open another preview, which stays with this line", "another", "another", () =>
      actions.place("another"),
    ),
    tool("Move this preview to a new window", "window", "window", () => actions.place("window")),
  );
  const node = element("header", {}, element("div", { class: "title" }, title, badges, tools), place);
  const where = element("span", { class: "where" });
  const code = element("code");
  const jump = button(
    "",
    { class: "code-line", "data-key": "reveal" },
    actions.reveal,
    element("span", { class: "visually-hidden" }, "Go to "),
    where,
    code,
    icon("goto"),
  );
  const notice = element("p", { class: "notice" });
  place.append(jump, notice);
  return {
    node,
    update(state) {
      const { site } = state;
      following = state.following;
      pin.setAttribute("aria-pressed", String(!following));
      pin.title = following
        ? "Following the cursor. Press to stay with this line."
        : "Staying with this line. Press to follow the cursor.";
      title.textContent = titleOf(state);
      badges.replaceChildren(...(site ? badgesOf(site) : []));
      jump.hidden = !site;
      notice.hidden = !jump.hidden;
      notice.textContent = site ? "" : (state.notice ?? firstWords);
      if (!site) return;
      where.textContent = `${site.file}:${site.line}`;
      code.textContent = site.lineText;
      jump.title = `${site.symbol}\nGo to the code`;
    },
  };
}

const firstWords = "Put the cursor on an activation in your code, and its own curve is shown here.";

function titleOf({ site, strip, curves }: PreviewState): string {
  if (!site && strip) return strip.name;
  const id = site?.activation ?? curves[0]?.activation ?? "";
  const name = activationById(id)?.name ?? id;
  return !site && curves.length > 1 ? `${name} and ${curves.length - 1} more` : name;
}

function badgesOf(site: ShownSite): HTMLElement[] {
  const framework = element("span", { class: "badge" }, frameworkNames[site.framework]);
  if (site.certainty === "certain") return [framework];
  const likely = element(
    "span",
    { class: "badge quiet", title: "Plausible, but the name could not be traced to the framework" },
    "likely",
  );
  return [framework, likely];
}
