/* Tell Me: the dialog that every page has. It opens by Alt+Q or by its button, is worked by the
   keyboard alone, and gives the focus back to where it was: on a scanning page to what takes scans.

   The results come from the server; this script makes no HTML. */

const TAKES_SCANS = "input:not([type=file]), textarea";
const OPENS = "a[data-tell-me]";
const KEYS = ["q", "œ"]; // what Alt and Q type on a Mac
const FAILURES = ["htmx:sendError", "htmx:timeout", "htmx:responseError"];

const dialog = document.getElementById("tell-me");
const input = document.getElementById("tell-me-query");
const results = document.getElementById("tell-me-results");
const status = document.getElementById("tell-me-status");
const firstWords = status.textContent;
let openedFrom = null;
let asked = "";
let shownFor = "";

function open() {
  if (!dialog.open) {
    empty();
    openedFrom = document.activeElement;
    dialog.showModal();
  }
  input.focus();
  input.select();
}

function giveFocusBack() {
  const scan = document.getElementById("scan");
  const typing = openedFrom && openedFrom.isConnected && openedFrom.matches(TAKES_SCANS);
  const target = typing ? openedFrom : scan || openedFrom;
  if (target && target.isConnected) {
    target.focus({ preventScroll: true });
  }
}

function empty() {
  htmx.trigger(input, "htmx:abort");
  input.value = "";
  asked = "";
  shownFor = "";
  results.replaceChildren();
  status.textContent = firstWords;
  showExpanded();
}

function options() {
  return Array.from(results.querySelectorAll("[role=option]"));
}

function activeOption() {
  return results.querySelector("[aria-selected=true]");
}

function activate(option) {
  for (const other of options()) {
    other.setAttribute("aria-selected", String(other === option));
  }
  if (option) {
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function showExpanded() {
  const [first] = options();
  input.setAttribute("aria-expanded", String(Boolean(first)));
  activate(first);
}

function move(step) {
  const all = options();
  if (all.length > 0) {
    activate(all[(all.indexOf(activeOption()) + step + all.length) % all.length]);
  }
}

/* What was typed since the results came is answered by the page, not by a line of before. */
function pressEnter(event) {
  const option = activeOption();
  if (option && shownFor === input.value) {
    event.preventDefault();
    option.click();
  }
}

input.addEventListener("keydown", (event) => {
  if (event.isComposing) {
    return;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    pressEnter(event);
  }
});
input.addEventListener("htmx:beforeRequest", () => {
  asked = input.value;
});
results.addEventListener("htmx:afterSwap", () => {
  shownFor = asked;
  results.scrollTop = 0;
  showExpanded();
});
for (const failure of FAILURES) {
  input.addEventListener(failure, () => {
    results.replaceChildren();
    showExpanded();
  });
}
/* A failure is told where it is seen and read aloud: the place for answers lies behind the dialog. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.elt === input) {
    detail.target = detail.isError ? status : results;
  }
});
document.addEventListener("keydown", (event) => {
  const alone = event.altKey && !event.ctrlKey && !event.metaKey;
  const typing = event.getModifierState("AltGraph"); // with which some keyboards type @
  if (alone && !typing && KEYS.includes(event.key.toLowerCase())) {
    event.preventDefault();
    open();
  }
});
document.addEventListener("click", (event) => {
  const link = event.target.closest(OPENS);
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link && plain) {
    event.preventDefault();
    open();
  }
});
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog || target.closest("#tell-me-close, [role=option]")) {
    dialog.close();
  } else if (target !== input && !target.closest("a")) {
    input.focus();
  }
});
/* A browser tells of the closing some time after it: who has opened the dialog again by then keeps
   the words typed since, and the focus. */
dialog.addEventListener("close", () => {
  if (!dialog.open) {
    empty();
    giveFocusBack();
  }
});
for (const link of document.querySelectorAll(OPENS)) {
  link.setAttribute("aria-haspopup", "dialog");
}
