// The page of one take: plays it, and keeps corrections without loading the page anew. Everything but
// the playing works without it too.

import { player } from "./player.js";

const STEP = 5; // s that an arrow key goes

document.documentElement.classList.add("js");
const news = document.getElementById("news");
let byKeys = false; // whether a part was last chosen with the keyboard
const { audio, play, prepare } = player(document, tell);
if (audio) document.getElementById("keys").hidden = false;
document.addEventListener("keydown", onKey);
document.addEventListener("keydown", onSelectKey, true);
document.addEventListener("pointerdown", () => (byKeys = false), true);
document.addEventListener("change", (event) => {
  if (!event.target.matches("form[data-live] select")) return;
  const form = event.target.form;
  // On a closed field each arrow key is a change: only Enter or its button keeps the one meant.
  if (byKeys) form.classList.toggle("changed", event.target.value !== kept(event.target));
  else form.requestSubmit();
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

// In the field of a part, Enter keeps what is chosen, and Escape goes back to what was kept.
function onSelectKey(event) {
  if (event.key !== "Tab") byKeys = true;
  const field = event.target;
  if (!field.matches?.("form[data-live] select")) return;
  if (event.key === "Enter" && field.value !== kept(field)) {
    event.preventDefault();
    field.form.requestSubmit();
  }
  if (event.key === "Escape") {
    field.value = kept(field);
    field.form.classList.remove("changed");
  }
}

function kept(field) {
  return [...field.options].find((option) => option.defaultSelected).value;
}

// Send a form, and take what changed from the page that comes back. What is told of it, and the way
// to take it back, stand where the form is.
async function keep(form) {
  const before = document.getElementById("findings").dataset.score;
  const done = form.id === "undo" ? "Taken back." : "Kept.";
  const back = form.closest(".mend") ? "summary" : "select, summary, textarea";
  const place = form.closest(".line, .notes")?.id;
  let page;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
    });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return tell(
      "Nothing was kept: the page's server does not answer. Is coach still running?",
      form.closest(".line, .notes"),
    );
  }
  const fresh = page.getElementById("findings");
  if (!fresh) {
    const why = page.querySelector("main")?.innerText.trim() ?? "Nothing was kept.";
    return tell(why, form.closest(".line, .notes"));
  }
  keepTyped(page, form);
  for (const id of ["asked", "said", "findings", "notes"]) {
    document.getElementById(id).replaceWith(page.getElementById(id));
  }
  redraw(page);
  prepare();
  document.getElementById("undo")?.remove();
  const line = place && document.getElementById(place);
  const now = fresh.dataset.score;
  tell(now === before ? done : `${done} Score ${before} before, ${now} now.`, line);
  const undo = page.getElementById("undo");
  if (undo) news.after(undo);
  (line?.querySelector(back) ?? document.getElementById("main")).focus({ preventScroll: true });
}

// What is switched off stays so, and a note that is being written too.
function keepTyped(page, form) {
  for (const box of document.querySelectorAll(".toggles input")) {
    const same = page.getElementById(box.id);
    if (same) same.checked = box.checked;
  }
  const note = document.getElementById("note");
  if (form !== note.form) page.getElementById("note").value = note.value;
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

// A region that was there before its words is read aloud, so they come a moment after it.
function tell(text, where) {
  news.textContent = "";
  news.hidden = false;
  if (where) where.append(news);
  else document.getElementById("main").prepend(news);
  setTimeout(() => (news.textContent = text), 100);
}
