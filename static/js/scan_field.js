/* The scan field of a page: what is captured is stored, sent and answered; the field stays armed.

   Every text comes from a template of the page or from the server; this script makes no HTML. */

import { lastSeen, noteSeen, startCapture } from "./capture.js";
import { post, startSending } from "./send.js";
import { memoryStore } from "./store.js";
import { allowTonesAfterTouch, playGravest } from "./tone.js";

const PHOTO_TIME_OUT_MS = 60000;
const PHOTO_ANSWERED = [200, 400, 403, 413, 422, 503];
const TAKES_TEXT = "input:not([type=file]), select, textarea";
const TAKES_TAPS = `${TAKES_TEXT}, label, a, [data-key]`;

const form = document.getElementById("scan-form");
const field = document.getElementById("scan");
const keyboard = document.getElementById("scan-keyboard");
const region = document.getElementById("answer");
const store = memoryStore();
let unsent = 0;

const nudge = startSending(store, form, { showAnswers, showSilence, showSignedOut });
const captureFrom = startCapture(form, keep);

async function keep(scan) {
  unsent += 1;
  showKeyboard(false);
  field.focus({ preventScroll: true });
  await store.add(scan);
  await showUnsent();
  nudge();
}

/* Show what the server said, sound it, then go where the last answer leads. */
async function showAnswers(html, scans) {
  const last = scans[scans.length - 1];
  makeRoom(last.seen_seq);
  swap(html);
  hideAcceptedBeforeLast();
  noteSeen(last.device_seq);
  const answers = scans.map(answerTo).filter(Boolean);
  playGravest(answers.length > 0 ? answers.map((answer) => answer.dataset.tone) : ["stop"]);
  await showUnsent();
  const leading = answerTo(last);
  if (unsent === 0 && leading && leading.dataset.goto) {
    location.assign(leading.dataset.goto);
  }
}

function answerTo(scan) {
  return shownAnswers().find((answer) => answer.dataset.scanId === scan.id);
}

function shownAnswers() {
  return Array.from(region.querySelectorAll(".scan-answer"));
}

/* Whatever was not accepted stays until something was scanned in sight of it. */
function makeRoom(seenSequence) {
  for (const node of Array.from(region.childNodes)) {
    const { result, deviceSeq } = node.dataset || {};
    if (!result || result === "accepted" || Number(deviceSeq) <= seenSequence) {
      node.remove();
    }
  }
}

/* htmx also swaps what the answer brings for other regions. What was being typed goes on, unless
   it would answer another question now. */
function swap(html) {
  const before = document.activeElement;
  const question = questionOf(before);
  htmx.swap("#answer", html, { swapStyle: "beforeend" });
  const after = document.activeElement;
  if (question && after !== before && questionOf(after) === question) {
    after.value = before.value;
  }
  if (field.value) {
    field.focus({ preventScroll: true }); // in the midst of a scan
  }
  if (document.activeElement === document.body) {
    keepArmed();
  }
  for (const button of document.querySelectorAll("button[data-scan-raw]:disabled")) {
    button.disabled = false;
  }
}

function questionOf(input) {
  return input.matches(TAKES_TEXT) && input.labels.length > 0 ? input.labels[0].textContent : "";
}

function hideAcceptedBeforeLast() {
  for (const answer of shownAnswers().slice(0, -1)) {
    answer.hidden = answer.dataset.result === "accepted";
  }
}

async function showSilence([{ seen_seq: seenSequence }]) {
  makeRoom(seenSequence);
  const card = cardOf("scans-wait");
  card.querySelector("time").textContent = timeOf(await store.oldest());
  region.append(card);
}

function showSignedOut([{ seen_seq: seenSequence }]) {
  makeRoom(seenSequence);
  region.append(cardOf("signed-out"));
}

function cardOf(template) {
  return document.getElementById(template).content.cloneNode(true);
}

function timeOf(moment) {
  const shown = { hour: "2-digit", minute: "2-digit" };
  return new Date(moment).toLocaleTimeString(document.documentElement.lang, shown);
}

async function showUnsent() {
  unsent = await store.count();
  const badge = document.getElementById("unsent");
  badge.textContent = String(unsent);
  badge.hidden = unsent === 0;
}

async function sendPhoto({ target: chosen }) {
  if (chosen.files.length === 0) {
    return;
  }
  const body = new FormData();
  body.append("photo", chosen.files[0]);
  body.append("csrf_token", form.elements.csrf_token.value);
  chosen.value = "";
  const seen = lastSeen();
  makeRoom(seen);
  region.append(cardOf("photo-waits"));
  keepArmed();
  let answer = { status: 0 };
  try {
    answer = await post(form.dataset.photoEndpoint, body, { timeOut: PHOTO_TIME_OUT_MS });
  } catch {
    // The card for no answer says it.
  }
  makeRoom(seen);
  showPhotoAnswer(answer);
}

function showPhotoAnswer({ status, html }) {
  if (!PHOTO_ANSWERED.includes(status)) {
    region.append(cardOf(status === 401 ? "signed-out" : "no-answer"));
    return;
  }
  swap(html);
  const code = region.querySelector("[data-scan-now]");
  if (code) {
    captureFrom(code);
  } else {
    playGravest([status === 200 ? "warn" : "stop"]);
  }
}

/* The next scan lands in the field, or in the quantity that is asked for. */
function keepArmed() {
  if (!document.activeElement.matches(TAKES_TEXT) && getSelection().isCollapsed) {
    const asked = document.querySelector("#task-region [autofocus]");
    (asked || field).focus({ preventScroll: true });
  }
}

/* A scan that comes while a button or link has the focus is a scan: its first key moves on. */
function takeKeys({ key, target, ctrlKey, altKey, metaKey }) {
  const isText = key.length === 1 && key !== " " && !ctrlKey && !altKey && !metaKey;
  if (isText && !target.matches(TAKES_TEXT)) {
    field.focus({ preventScroll: true });
  }
}

function showKeyboard(shown) {
  field.inputMode = shown ? "text" : "none";
  keyboard.setAttribute("aria-pressed", String(shown));
}

keyboard.addEventListener("click", () => {
  showKeyboard(field.inputMode === "none");
  field.blur(); // or the device would not notice the change
  field.focus();
});
document.addEventListener("click", ({ target, detail }) => {
  const tapped = detail > 0; // a key on a focused button is no tap
  if (tapped && !target.closest(TAKES_TAPS)) {
    keepArmed();
  }
});
document.addEventListener("keydown", takeKeys);
document.addEventListener("visibilitychange", keepArmed);
window.addEventListener("pageshow", keepArmed);
window.addEventListener("beforeunload", (event) => {
  if (unsent > 0) {
    event.preventDefault();
    event.returnValue = true;
  }
});
document.getElementById("photo").addEventListener("change", sendPhoto);
allowTonesAfterTouch();
form.dataset.armed = "";
