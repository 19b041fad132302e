// The page of one take: plays it, and keeps corrections without loading the page anew. Everything but
// the playing works without it too.

import { player } from "./player.js";

const STEP = 5; // s that an arrow key goes

document.documentElement.classList.add("js");
const { audio, play, prepare } = player(document, tell);
if (audio) document.getElementById("keys").hidden = false;
document.addEventListener("keydown", onKey);
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form && event.target.matches("select")) form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-live]")) {
    event.preventDefault();
    keep(event.target);
  }
});

function onKey(event) {
  const target = event.target;
  if (!audio || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (target.closest("input, textarea, select, audio, .w[role=button]")) return;
  if (event.key === " " && target.closest("button, a, summary")) return;
  const keys = {
    " ": () => (audio.paused ? play() : audio.pause()),
    ArrowLeft: () => (audio.currentTime = Math.max(0, audio.currentTime - STEP)),
    ArrowRight: () => (audio.currentTime += STEP),
    0: () => (audio.currentTime = 0),
  };
  if (!(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
}

// Send a form, and take what changed from the page that comes back.
async function keep(form) {
  const before = document.getElementById("findings").dataset.score;
  const field = form.querySelector("select, textarea");
  const label = field.getAttribute("aria-label");
  let page;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return tell("Nothing was kept: the page's server does not answer. Is coach still running?");
  }
  const fresh = page.getElementById("findings");
  if (!fresh) return tell(page.querySelector("main")?.innerText.trim() ?? "Nothing was kept.");
  for (const box of document.querySelectorAll(".toggles input")) {
    const same = page.getElementById(box.id);
    if (same) same.checked = box.checked;
  }
  document.getElementById("said").replaceWith(page.getElementById("said"));
  document.getElementById("findings").replaceWith(fresh);
  redraw(page);
  prepare();
  document.querySelector(`[aria-label="${label}"]`)?.focus({ preventScroll: true });
  tell(`Kept. Score ${before} before, ${fresh.dataset.score} now. coach undo takes it back.`);
}

// The picture's parts have other tones; the line in it, which plays on, stays.
function redraw(page) {
  const strip = page.querySelector(".player .strip");
  if (strip) document.querySelector(".player .strip").replaceWith(strip);
  const wave = document.getElementById("wave");
  const now = page.getElementById("wave");
  if (!wave || !now) return;
  wave.setAttribute("aria-label", now.getAttribute("aria-label"));
  wave.querySelectorAll("path").forEach((path) => path.remove());
  document.getElementById("head").before(...now.querySelectorAll("path"));
}

function tell(text) {
  const news = document.getElementById("news");
  news.textContent = text;
  news.hidden = false;
}
