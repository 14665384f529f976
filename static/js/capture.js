/* Capture: text from a scanner, a keypad or a tap becomes a scan with an identity of its own.

   Only values of fields are read, never a stream of keys: a scanner may send keys, or inject its
   text at once. Nothing of the text is changed but the suffix that ended it. */

const SEQUENCE = "scanner-device-seq";
const SEEN = "scanner-seen-seq";
const SUFFIX = /[\t\r\n]+/;
const QUANTITY = /^[0-9]*[.,]?[0-9]+$/;
const QUANTITY_LENGTH_MAX = 6;
const KEYED = "form[data-scan-step] input[name=value]";

const remembered = {};

/* Call `take(scan)` for everything that is scanned, typed or tapped on this page. Return what
   captures the code of an element that came with a photo. */
export function startCapture(form, take) {
  const scan = (raw, given = {}) => take(newScan(form, raw, given));
  readField(form, scan);
  readQuestions(form.querySelector("#scan"), scan);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-scan-raw]");
    if (button) {
      button.disabled = true; // until the next answer: a second tap means nothing new
      scan(button.dataset.scanRaw, givenBy(button, "tap"));
    }
  });
  return (element) => scan(element.dataset.scanRaw, givenBy(element, "photo"));
}

function readField(form, scan) {
  const field = form.querySelector("#scan");
  const scanEach = (text) => {
    const parts = text.split(SUFFIX);
    field.value = parts.pop();
    parts.filter(Boolean).forEach((raw) => scan(raw));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    scanEach(`${field.value}\n`);
  });
  field.addEventListener("keydown", (event) => {
    const leaves = event.key === "Tab" && !field.value;
    if (endsScan(event) && !leaves) {
      event.preventDefault();
      scanEach(`${field.value}\n`);
    }
  });
  field.addEventListener("beforeinput", (event) => {
    // The field itself would drop the line feed that ends an injected text.
    if (event.cancelable && SUFFIX.test(event.data || "")) {
      event.preventDefault();
      scanEach(field.value + event.data);
    }
  });
  field.addEventListener("input", () => SUFFIX.test(field.value) && scanEach(field.value));
}

/* A question is a form that asks for a quantity, a date or a number; it comes and goes with swaps. */
function readQuestions(field, scan) {
  document.addEventListener("submit", (event) => captureKeyed(event, scan));
  document.addEventListener("keydown", endKeyed);
  document.addEventListener("beforeinput", endKeyed);
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(KEYED) && target.type === "text") {
      target.maxLength = field.maxLength; // or a scan that lands there would lose its end
    }
  });
}

function captureKeyed(event, scan) {
  const { submitter: button, target: form } = event;
  const input = form.matches("form[data-scan-step]") && answerOf(form, button);
  if (!input) {
    return;
  }
  event.preventDefault();
  const raw = input.value;
  const step = (button && button.dataset.scanStep) || form.dataset.scanStep;
  const { choice } = form.elements;
  const given = { source: "keypad", step, choice: choice && choice.value };
  if (raw) {
    input.value = "";
    scan(raw, step.startsWith("quantity") && !isQuantity(raw) ? {} : given);
  }
}

/* What was typed, or the button that is itself the answer. */
function answerOf(form, button) {
  return button && button.name === "value" ? button : form.elements.value;
}

/* A suffix ends what was scanned into a question too; only Tab after a quantity moves on. */
function endKeyed(event) {
  const input = event.target;
  if (!input.matches(KEYED)) {
    return;
  }
  const injected = event.type === "beforeinput" && SUFFIX.test(event.data || "");
  const ended = event.type === "keydown" && endsScan(event);
  const movesOn = event.key === "Tab" && (!input.value || isQuantity(input.value));
  if (injected || (ended && !movesOn)) {
    event.preventDefault();
    input.value += injected ? event.data.split(SUFFIX)[0] : "";
    input.form.requestSubmit(input.form.querySelector("[type=submit]") || undefined);
  }
}

function endsScan(event) {
  const lineFeed = event.ctrlKey && event.key.toLowerCase() === "j";
  return event.key === "Enter" || (event.key === "Tab" && !event.shiftKey) || lineFeed;
}

function isQuantity(text) {
  return text.length <= QUANTITY_LENGTH_MAX && QUANTITY.test(text);
}

function givenBy({ dataset }, source) {
  return {
    source: dataset.scanSource || source,
    step: dataset.scanStep,
    choice: dataset.scanChoice,
    symbology: dataset.scanSymbology,
  };
}

function newScan({ dataset }, raw, { source = "wedge", step, choice, symbology }) {
  return Object.freeze({
    id: newId(),
    device_seq: nextSequence(),
    seen_seq: lastSeen(),
    raw,
    symbology: symbology || "",
    source,
    scanned_at: new Date().toISOString(),
    document_kind: dataset.documentKind,
    document_no: dataset.documentNo,
    step: step || dataset.step,
    choice: choice || "",
  });
}

/* A random UUID; crypto.randomUUID is missing on plain http. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/* Never goes back: the clock is ahead of any count, the count of a clock that was set back. */
function nextSequence() {
  const sequence = Math.max(recall(SEQUENCE) + 1, Date.now());
  remember(SEQUENCE, sequence);
  return sequence;
}

/* Note that the answers up to this scan were shown: what is scanned from now on knows them. */
export function noteSeen(sequence) {
  remember(SEEN, Math.max(lastSeen(), sequence));
}

export function lastSeen() {
  return recall(SEEN);
}

function recall(name) {
  try {
    return Number(localStorage.getItem(name)) || remembered[name] || 0;
  } catch {
    return remembered[name] || 0; // storage may be forbidden on a device
  }
}

function remember(name, number) {
  remembered[name] = number;
  try {
    localStorage.setItem(name, String(number));
  } catch {
    // kept in memory, then
  }
}
