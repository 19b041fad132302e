// Plays a take from a word or from a place in the picture, marks the word that is spoken, and lights
// the words that a finding speaks of. The page of a take uses it, and the report for each of its
// takes.

const LINGERS = 0.3; // s: a word stays marked in the pause after it for so long

// In `root` stand the words of one take, and, where it has sound, its audio and picture. `tell` is
// told why the sound cannot be played.
export function player(root, tell) {
  const audio = root.querySelector("audio");
  const wave = root.querySelector(".wave");
  const head = root.querySelector(".playhead");
  let words = []; // with times, in the order in which they are said
  let spoken = null;

  if (audio) {
    audio.addEventListener("play", follow);
    audio.addEventListener("seeked", mark);
    audio.addEventListener("pause", mark);
    root.querySelector(".sound").addEventListener("click", (event) => {
      const box = wave.getBoundingClientRect();
      playFrom(((event.clientX - box.left) / box.width) * Number(wave.dataset.seconds));
    });
  }
  root.addEventListener("click", onClick);
  root.addEventListener("keydown", onKey);
  prepare();
  return { audio, play, prepare };

  // Words become buttons: the first can be reached by Tab, the arrows lead from it to the others.
  function prepare() {
    words = audio ? [...root.querySelectorAll(".w[data-start]")] : [];
    words.forEach((word, index) => {
      word.setAttribute("role", "button");
      word.tabIndex = index ? -1 : 0;
    });
    spoken = null;
    mark();
  }

  function playFrom(seconds) {
    audio.currentTime = Math.max(0, seconds);
    play();
  }

  function play() {
    audio.play().catch((error) => {
      // Paused before it began is no fault.
      if (error.name !== "AbortError") tell(`The sound cannot be played: ${error.message}`);
    });
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
    const all = root.querySelectorAll(".w"); // every word, in order
    all.forEach((word) => word.classList.remove("lit"));
    for (const stretch of stretches.trim().split(" ")) {
      const [first, last] = stretch.split("-").map(Number);
      for (let index = first; index <= last; index++) all[index]?.classList.add("lit");
    }
  }

  function onKey(event) {
    const word = event.target.closest?.(".w[role=button]");
    if (!word || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
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
}
