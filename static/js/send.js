/* Send: the scans that wait, in their order, one request at a time, under the same ids again
   until each has its answer. Must never drop a scan that was not answered. */

const SCANS_PER_REQUEST = 20;
const TIME_OUT_MS = 8000;
const SILENCE_MS = 2000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15000;
const ANSWERED = [200, 409];
const REFUSED_WHOLE = 422;
const TOKEN_UNFIT = [400, 401];

/* Return what tells the queue of a new scan. `screen` shows what comes of it. */
export function startSending(store, form, screen) {
  let sending = false;
  let nudged = false;
  let signedOut = false;
  let failures = 0;
  let timer = 0;
  let notBefore = 0;
  let silence = 0;
  let atMost = SCANS_PER_REQUEST;

  async function drain() {
    nudged = true;
    if (sending) {
      return;
    }
    sending = true;
    let pause = 0;
    try {
      while (nudged && !pause) {
        nudged = false;
        while (!pause && (await store.count()) > 0) {
          pause = await sendFirst();
        }
      }
    } finally {
      sending = false;
    }
    if (pause) {
      timer = setTimeout(resume, pause);
    }
  }

  function resume() {
    clearTimeout(timer);
    timer = 0;
    drain();
  }

  /* Send the first scans and return for how many milliseconds to rest before the next. */
  async function sendFirst() {
    const batch = ofOneDocument(await store.first(atMost));
    silence = silence || setTimeout(() => screen.showSilence(batch), SILENCE_MS);
    let answer;
    try {
      signedOut = signedOut && !(await renewToken(form));
      answer = signedOut ? null : await postScans(form.dataset.endpoint, batch);
    } catch {
      return pauseAfterFailure(0); // lost on the way, or not answered in time
    }
    if (signedOut) {
      endSilence();
      screen.showSignedOut(batch);
      return LONGEST_PAUSE_MS;
    }
    if (answer.status === REFUSED_WHOLE && batch.length > 1) {
      atMost = 1; // until the scan that spoils the rest is found
      return FIRST_PAUSE_MS;
    }
    signedOut = TOKEN_UNFIT.includes(answer.status);
    const answered = answeredOf(batch, answer);
    if (answered.length === 0) {
      return pauseAfterFailure(answer.retryAfter);
    }
    atMost = answer.status === REFUSED_WHOLE ? SCANS_PER_REQUEST : atMost;
    endSilence();
    failures = 0;
    await store.remove(answered.map((scan) => scan.id));
    await screen.showAnswers(answer.html, answered);
    return 0;
  }

  function endSilence() {
    clearTimeout(silence);
    silence = 0;
  }

  function pauseAfterFailure(retryAfter) {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
    failures += 1;
    notBefore = Date.now() + retryAfter;
    return Math.max(retryAfter, 1 + Math.random() * longest);
  }

  /* Somebody is back, or the network is: rest no longer, unless the server asked for it. */
  function wake() {
    failures = 0;
    if (!document.hidden && Date.now() >= notBefore) {
      resume();
    }
  }

  window.addEventListener("online", wake);
  window.addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);
  return () => {
    if (!timer) {
      drain();
    }
  };
}

function postScans(endpoint, scans) {
  const json = { "Content-Type": "application/json" };
  return post(endpoint, JSON.stringify({ scans }), { headers: json });
}

/* Post as htmx would, and read the whole answer within the time. */
export async function post(endpoint, body, { headers = {}, timeOut = TIME_OUT_MS } = {}) {
  return fetchInTime(endpoint, timeOut, {
    method: "POST",
    body,
    headers: {
      ...JSON.parse(document.body.getAttribute("hx-headers")),
      "HX-Request": "true",
      "HX-Current-URL": location.href,
      Accept: "text/html",
      ...headers,
    },
  });
}

async function fetchInTime(address, timeOut, options) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeOut);
  try {
    const response = await fetch(address, { ...options, signal: abort.signal });
    const seconds = Number(response.headers.get("Retry-After")) || 0;
    return { status: response.status, retryAfter: seconds * 1000, html: await response.text() };
  } finally {
    clearTimeout(timer);
  }
}

function ofOneDocument(scans) {
  const [{ document_kind: kind, document_no: no }] = scans;
  const other = scans.findIndex((scan) => scan.document_kind !== kind || scan.document_no !== no);
  return other < 0 ? scans : scans.slice(0, other);
}

/* A page that some network puts before ours is no answer: only one that names the scan is. */
function answeredOf(batch, { status, html }) {
  if (status === REFUSED_WHOLE) {
    return batch;
  }
  if (!ANSWERED.includes(status)) {
    return [];
  }
  const answers = parsed(html).querySelectorAll(".scan-answer");
  const ids = Array.from(answers, (answer) => answer.dataset.scanId);
  return batch.filter((scan) => ids.includes(scan.id));
}

/* Take the token of a new session from a fresh copy of this page, if the same user signed in. */
async function renewToken(form) {
  const { html } = await fetchInTime(location.href, TIME_OUT_MS, { cache: "no-store" });
  const page = parsed(html);
  const fresh = page.getElementById("scan-form");
  if (!fresh || fresh.dataset.user !== form.dataset.user) {
    return false;
  }
  document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
  const token = fresh.elements.csrf_token.value;
  for (const input of document.querySelectorAll("input[name=csrf_token]")) {
    input.value = token;
  }
  return true;
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}
