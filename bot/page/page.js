// The conversation: asks, shows what came, and keeps the page in the reader's language and colours.
import { completion } from "/completion.js";

const root = document.documentElement;
const [data, greeting, talk, status, composer, input, hint, options, speaking] = [
  "data", "greeting", "talk", "status", "composer", "question", "hint", "options", "speaking",
].map((id) => document.getElementById(id));
const dark = matchMedia("(prefers-color-scheme: dark)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const asked = [];
let { words, commands } = JSON.parse(data.textContent);
let recalled = 0;
let waiting = 0;

const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`);
const list = completion(input, options, () => commands);

function kept(name) {
  try { return sessionStorage.getItem(name); } catch { return null; }
}

function keep(name, value) {
  try { sessionStorage.setItem(name, value); } catch { /* forgotten with the page, then */ }
}

function element(kind, className, text = "") {
  const made = document.createElement(kind);
  made.className = className;
  made.textContent = text;
  return made;
}

function avatar(key) {
  const face = document.querySelector(`.person input[value="${key}"] + .avatar`).cloneNode(true);
  face.removeAttribute("id");
  return face;
}

// --- one question and its answer

function turn(text) {
  const speaker = chosen("as");
  const made = element("article", "turn");
  const question = element("div", "question");
  const bubble = element("p", "bubble", text);
  bubble.prepend(element("span", "unseen", `${speaker.closest("label").querySelector("b").textContent}: `));
  question.append(bubble, avatar(speaker.value));
  const answer = element("div", "answer");
  answer.role = "group";
  answer.ariaLabel = words["page-answer"];
  answer.hidden = true;
  made.append(question, answer);
  talk.append(made);
  greeting.hidden = true;
  reveal(made);
  return { made, answer };
}

function reveal(what) {
  what.scrollIntoView({ block: "start", behavior: calm.matches ? "instant" : "smooth" });
}

function work(answer) {
  answer.hidden = false;
  answer.classList.add("working");
  answer.textContent = words["page-working"];
  status.textContent = words["page-working"];
}

function show({ made, answer }, { html, lang }) {
  answer.hidden = false;
  answer.className = "answer card";
  answer.lang = lang;
  answer.innerHTML = html; // the server escapes every text in it; the page's policy forbids scripts in it
  paint(answer);
  status.textContent = `${words["page-answer"]}: ${answer.querySelector("p")?.textContent ?? ""}`;
  reveal(made);
}

function fail({ made, answer }, sentence) {
  answer.hidden = false;
  answer.className = "answer card trouble";
  answer.textContent = sentence;
  status.textContent = sentence;
  reveal(made);
}

// The mode stays `cors`, the default: under this page's referrer policy another would send the origin `null`.
async function post(path, body) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const sent = JSON.stringify({ ...body, as: chosen("as").value, lang: root.lang, zone });
  const headers = { "Content-Type": "application/json" };
  return fetch(path, { method: "POST", headers, body: sent, signal: AbortSignal.timeout(60_000) });
}

async function converse(path, text, body) {
  const opened = turn(text);
  const timer = setTimeout(work, 300, opened.answer);
  talk.ariaBusy = String(++waiting > 0);
  input.focus({ preventScroll: true });
  try {
    const response = await post(path, body);
    const answer = response.ok ? await response.json() : null;
    clearTimeout(timer);
    if (answer) show(opened, answer);
    else fail(opened, words["page-refused"]);
  } catch {
    clearTimeout(timer);
    fail(opened, words["page-unreachable"]);
  } finally {
    talk.ariaBusy = String(--waiting > 0);
  }
}

function ask(text) {
  if (!text.trim()) return;
  if (asked.at(-1) !== text) asked.push(text);
  recalled = asked.length;
  input.value = "";
  list.close();
  guide();
  converse("/page/ask", text, { text });
}

// --- pictures and colours

function theme() {
  const wish = root.dataset.theme;
  return wish === "auto" ? (dark.matches ? "dark" : "light") : wish;
}

function paint(where) {
  for (const source of where.querySelectorAll("source[data-light]")) source.srcset = source.dataset[theme()];
  for (const picture of where.querySelectorAll("img[data-light]")) picture.src = picture.dataset[theme()];
}

function missing(event) {
  const figure = event.target.closest?.("figure");
  if (!figure) return;
  figure.replaceChildren(element("p", "missing", words["page-no-picture"]), element("p", "", event.target.alt));
}

function wear(wish) {
  root.dataset.theme = wish;
  keep("theme", wish);
  paint(talk);
}

// --- languages

async function speak(language) {
  try {
    const response = await fetch(`/page/words?lang=${language}`);
    const learned = await response.json();
    ({ words, commands } = learned);
    root.lang = learned.lang;
  } catch {
    status.textContent = words["page-unreachable"];
    document.querySelector(`input[name="lang"][value="${root.lang}"]`).checked = true;
    return;
  }
  const places = [["say", "textContent"], ["sayLabel", "ariaLabel"], ["sayPlaceholder", "placeholder"]];
  for (const [mark, property] of places) {
    const name = mark.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
    for (const place of document.querySelectorAll(`[data-${name}]`)) place[property] = words[place.dataset[mark]];
  }
  history.replaceState(null, "", `/?lang=${language}`);
  guide();
}

// --- the input

function guide() {
  const name = input.value.trimStart().split(" ", 1)[0].toLowerCase();
  const command = commands.find((known) => known.name === name);
  hint.textContent = command ? `${command.usage} · ${command.summary}` : words["page-hint"];
}

function recall(step) {
  const at = recalled + step;
  if (at < 0 || at > asked.length) return false;
  recalled = at;
  input.value = asked[at] ?? "";
  guide();
  return true;
}

function introduce() {
  const { value } = chosen("as");
  speaking.replaceChildren(avatar(value));
  keep("as", value);
}

input.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (list.key(event.key) || (step && recall(step))) event.preventDefault();
});
input.addEventListener("input", guide);
input.addEventListener("completed", guide);
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(input.value);
});
document.addEventListener("click", (event) => {
  const { ask: text, button } = event.target.closest?.("button")?.dataset ?? {};
  if (text) ask(text);
  else if (button) converse("/page/press", event.target.textContent, { button });
});
document.addEventListener("submit", (event) => {
  const { button } = event.target.dataset;
  if (!button) return;
  event.preventDefault();
  const said = event.target.querySelector("textarea").value;
  converse("/page/press", said, { button, said });
});
document.addEventListener("change", ({ target }) => {
  if (target.name === "as") introduce();
  if (target.name === "lang") speak(target.value);
  if (target.name === "theme") wear(target.value);
});
document.addEventListener("error", missing, true);
dark.addEventListener("change", () => paint(talk));

for (const [name, value] of [["as", kept("as")], ["theme", root.dataset.theme], ["lang", root.lang]]) {
  const radio = document.querySelector(`input[name="${name}"][value="${CSS.escape(value ?? "")}"]`);
  if (radio) radio.checked = true;
}
introduce();
guide();
input.focus({ preventScroll: true });
