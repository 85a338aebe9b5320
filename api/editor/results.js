// Asks, and shows the rows as they come: how many, how long, what was cut; then drawings, downloads and recipes, which the server makes.
import { cell } from "./terms.js";

const SHOWN = 500;
const ACCEPT = "text/tab-separated-values, application/n-triples;q=0.9, application/sparql-results+json;q=0.8, application/problem+json;q=0.5";

export class Results {
  constructor(place, { sparql, page, base, up }) {
    Object.assign(this, { place, sparql, page, base, up });
    this.asked = 0;
  }

  async run(query) {
    this.stop?.abort();
    const stop = (this.stop = new AbortController());
    const mine = ++this.asked;
    const began = performance.now();
    this.place.replaceChildren(element("h2", "Results"), (this.status = element("p", "Running …", { role: "status", class: "lede" })));
    this.place.append((this.more = element("div", "")));
    history.replaceState(null, "", `${this.page}?query=${encodeURIComponent(query)}`);
    try {
      const body = new URLSearchParams({ query });
      const answer = await fetch(this.sparql, { method: "POST", body, headers: { Accept: ACCEPT }, signal: stop.signal });
      if (!answer.ok) return this.refused(await answer.json());
      const kind = answer.headers.get("Content-Type");
      if (kind.includes("json")) this.truth(await answer.json(), began);
      else await this.rows(answer, kind.includes("n-triples"), began);
      if (mine === this.asked) this.offer(query);
    } catch (error) {
      if (mine === this.asked && error.name !== "AbortError") this.say(`The answer broke off, so what stands here is not all of it. ${error.message}`, true);
    }
    return null;
  }

  refused(problem) {
    this.say("", false);
    const where = problem.line ? `Line ${problem.line}, column ${problem.column}: ` : "";
    const box = element("div", "", { role: "alert", class: "problem" });
    box.append(element("strong", problem.title), element("p", where + problem.detail));
    if (problem.suggestion) box.append(element("p", problem.suggestion));
    this.status.replaceWith(box);
    return problem;
  }

  truth(found, began) {
    this.say(`Answered in ${seconds(began)}.`, false);
    this.more.append(element("p", found.boolean ? "Yes" : "No", { class: "truth" }));
  }

  async rows(answer, triples, began) {
    const table = element("table", "", { class: "rows" });
    const body = element("tbody", "");
    const wide = element("div", "", { class: "wide", tabindex: "0", role: "region", "aria-label": "Rows" });
    wide.append(table);
    this.more.append(wide);
    const head = (names) => {
      const row = element("tr", "");
      row.append(...names.map((name) => element("th", name, { scope: "col" })));
      const thead = element("thead", "");
      thead.append(row);
      table.append(thead, body);
    };
    if (triples) head(["subject", "predicate", "object"]);
    let count = triples ? 0 : -1;
    const take = (line) => {
      if (count < 0) head(line.split("\t").map((name) => name.replace(/^\?/, "")));
      else if (count < SHOWN) body.append(this.row(triples ? triple(line) : line.split("\t")));
      count += 1;
    };
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      for (const line of lines) if (line || !triples) take(line);
      this.say(`${Math.max(count, 0).toLocaleString("en")} rows so far …`, false);
    }
    if (rest) take(rest);
    const shown = count > SHOWN ? ` The first ${SHOWN} are shown; the downloads hold all.` : "";
    this.say(`${Math.max(count, 0).toLocaleString("en")} row${count === 1 ? "" : "s"} in ${seconds(began)}.${shown}`, false);
  }

  row(cells) {
    const row = element("tr", "");
    row.append(...cells.map((text) => cell(text, this.base, this.up)));
    return row;
  }

  // Drawings, recipes and downloads are the server's: its page of the same answer is asked for when somebody wants them.
  offer(query) {
    const address = `${this.sparql}?query=${encodeURIComponent(query)}&format=html`;
    const button = element("button", "Draw it, download it, ask it from a program", { type: "button", class: "quiet-button" });
    const place = element("div", "");
    button.addEventListener("click", async () => {
      await this.adopt(place, address);
      button.remove();
    });
    this.status.after(button, place);
  }

  async adopt(place, address) {
    const page = new DOMParser().parseFromString(await (await fetch(address, { headers: { Accept: "text/html" } })).text(), "text/html");
    const found = ["main .forms", "main .views", "main #view", "main #recipes"].map((name) => page.querySelector(name)).filter(Boolean);
    place.replaceChildren(...found.map((node) => document.adoptNode(node)));
    for (const link of place.querySelectorAll(".views a"))
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.adopt(place, link.href);
      });
  }

  say(text, bad) {
    this.status.textContent = text;
    this.status.classList.toggle("problem", bad);
  }
}

function triple(line) {
  const found = /^(\S+) (\S+) (.*) \.$/.exec(line);
  return found ? found.slice(1) : [line];
}

function seconds(began) {
  const took = (performance.now() - began) / 1000;
  return took < 1 ? `${Math.round(took * 1000)} ms` : `${took.toFixed(1)} s`;
}

export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
