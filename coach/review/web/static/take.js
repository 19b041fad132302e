// The page of one take: plays from a word, marks the word that is spoken, and keeps corrections
// without loading the page anew. Everything but the playing works without it too.

const STEP = 5; // s that an arrow key goes
const LINGERS = 0.3; // s: a word stays marked in the pause after it for so long

const audio = document.getElementById("audio");
const wave = document.getElementById("wave");
const head = document.getElementById("head");
let words = []; // with times, in the order in which they are said
let spoken = null;

document.documentElement.classList.add("js");
prepare();
if (audio) {
  document.getElementById("keys").hidden = false;
  audio.addEventListener("play", follow);
  audio.addEventListener("seeked", mark);
  audio.addEventListener("pause", mark);
  document.getElementById("sound").addEventListener("click", (event) => {
    const box = wave.getBoundingClientRect();
    playFrom(((event.clientX - box.left) / box.width) * Number(wave.dataset.seconds));
  });
}
document.addEventListener("click", onClick);
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

// Words become buttons: the first can be reached by Tab, the arrows lead from it to the others.
function prepare() {
  words = audio ? [...document.querySelectorAll(".w[data-start]")] : [];
  words.forEach((word, index) => {
    word.setAttribute("role", "button");
    word.tabIndex = index ? -1 : 0;
  });
  spoken = null;
  mark();
}

function playFrom(seconds) {
  audio.currentTime = Math.max(0, seconds);
  audio.play();
}

function follow() {
  mark();
  if (!audio.paused && !audio.ended) requestAnimationFrame(follow);
}

function mark() {
  if (!audio) return;
  const now = audio.currentTime;
  const at = (100 * now) / Number(wave.dataset.seconds) + "%";
  head.setAttribute("x1", at);
  head.setAttribute("x2", at);
  const word = now > 0 ? wordAt(now) : null;
  if (word === spoken) return;
  const wasSeen = spoken === null || isSeen(spoken);
  spoken?.classList.remove("spoken");
  word?.classList.add("spoken");
  // The page follows the voice, unless the reader has gone elsewhere.
  if (word && !audio.paused && wasSeen && !isSeen(word)) word.scrollIntoView({ block: "center" });
  spoken = word;
}

function wordAt(now) {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(words[middle].dataset.start) <= now) low = middle + 1;
    else high = middle;
  }
  const word = words[low - 1];
  return word && now <= Number(word.dataset.end) + LINGERS ? word : null;
}

function isSeen(word) {
  const box = word.getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight;
}

function onClick(event) {
  const link = event.target.closest("[data-words]");
  if (link) {
    light(link.dataset.words);
    return;
  }
  const word = event.target.closest(".w[role=button]");
  if (word && !String(window.getSelection())) start(word);
}

function start(word) {
  focusWord(word);
  playFrom(Number(word.dataset.start));
}

function focusWord(word) {
  words.forEach((each) => (each.tabIndex = -1));
  word.tabIndex = 0;
  word.focus({ preventScroll: true });
}

// Every word that a finding speaks of is lit, until another one is asked for.
function light(stretches) {
  document.querySelectorAll(".w.lit").forEach((word) => word.classList.remove("lit"));
  for (const stretch of stretches.trim().split(" ")) {
    const [first, last] = stretch.split("-").map(Number);
    for (let index = first; index <= last; index++) {
      document.getElementById("w" + index)?.classList.add("lit");
    }
  }
}

function onKey(event) {
  const target = event.target;
  if (!audio || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest("input, textarea, select, audio")) return;
  const word = target.closest(".w[role=button]");
  if (word) return onWordKey(event, word);
  if (event.key === " " && target.closest("button, a, summary")) return;
  const keys = {
    " ": () => (audio.paused ? audio.play() : audio.pause()),
    ArrowLeft: () => (audio.currentTime = Math.max(0, audio.currentTime - STEP)),
    ArrowRight: () => (audio.currentTime += STEP),
    Home: () => (audio.currentTime = 0),
  };
  if (!(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
}

function onWordKey(event, word) {
  const place = words.indexOf(word);
  const keys = {
    Enter: () => start(word),
    " ": () => (audio.paused ? start(word) : audio.pause()),
    ArrowLeft: () => focusWord(words[Math.max(0, place - 1)]),
    ArrowRight: () => focusWord(words[Math.min(words.length - 1, place + 1)]),
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
  const now = page.getElementById("wave");
  if (!wave || !now) return;
  wave.setAttribute("aria-label", now.getAttribute("aria-label"));
  wave.querySelectorAll("path").forEach((path) => path.remove());
  head.before(...now.querySelectorAll("path"));
}

function tell(text) {
  const news = document.getElementById("news");
  news.textContent = text;
  news.hidden = false;
}
