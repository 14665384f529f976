/* What every page needs and HTML cannot do: say that the server did not answer, press keypad keys. */

const SWAPPED = [400, 403, 409, 422, 503];

/* Whoever typed into a dialog looks there; the page's place for answers lies behind it. */
function showNoAnswer({ target }) {
  const dialog = target.closest("dialog");
  const region = dialog ? dialog.querySelector("[role=status]") : document.getElementById("answer");
  const words = document.getElementById("no-answer");
  if (region && words) {
    region.replaceChildren(words.content.cloneNode(true));
  }
}

document.addEventListener("htmx:sendError", showNoAnswer);
document.addEventListener("htmx:timeout", showNoAnswer);
document.addEventListener("htmx:responseError", (event) => {
  if (!SWAPPED.includes(event.detail.xhr.status)) {
    showNoAnswer();
  }
});

function showKeypads(root) {
  for (const keys of root.querySelectorAll("[data-keypad-for][hidden]")) {
    keys.hidden = false;
    document.getElementById(keys.dataset.keypadFor).inputMode = "none";
  }
}

function pressKey(event) {
  const key = event.target.closest("[data-key]");
  if (!key) {
    return;
  }
  const field = document.getElementById(key.closest("[data-keypad-for]").dataset.keypadFor);
  if (key.dataset.key === "delete") {
    field.value = field.value.slice(0, -1);
  } else {
    field.value += key.dataset.key;
  }
  field.focus();
}

document.addEventListener("click", pressKey);
document.addEventListener("htmx:load", (event) => showKeypads(event.target));
showKeypads(document);
