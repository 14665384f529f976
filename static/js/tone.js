/* Tones: what the answer is, for eyes that look at the shelf. Short and high is good, low is not. */

const TONES = {
  ok: [{ hertz: 1320, at: 0, seconds: 0.09 }],
  warn: [
    { hertz: 660, at: 0, seconds: 0.12 },
    { hertz: 660, at: 0.2, seconds: 0.12 },
  ],
  stop: [{ hertz: 196, at: 0, seconds: 0.6 }],
};
const VIBRATIONS = { ok: [40], warn: [80, 80, 80], stop: [400] };
const FROM_LOW_TO_HIGH = ["ok", "warn", "stop"];
const FADE_SECONDS = 0.01;

let sound = null;

/* A browser lets a page sound or vibrate only after somebody has touched it. */
export function allowTonesAfterTouch() {
  for (const touch of ["pointerdown", "keydown"]) {
    document.addEventListener(touch, unlock, { capture: true });
  }
}

function unlock() {
  if (!sound) {
    sound = new AudioContext();
  }
  if (sound.state === "suspended") {
    sound.resume();
  }
}

/* Several answers that came together sound once, as the gravest of them. */
export function playGravest(tones) {
  const heard = FROM_LOW_TO_HIGH.filter((tone) => tones.includes(tone)).pop();
  if (!heard || !sound) {
    return;
  }
  TONES[heard].forEach(beep);
  if (navigator.vibrate && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
    navigator.vibrate(VIBRATIONS[heard]);
  }
}

function beep({ hertz, at, seconds }) {
  const { volume = "1" } = document.documentElement.dataset;
  const start = sound.currentTime + at;
  const oscillator = sound.createOscillator();
  const gain = sound.createGain();
  oscillator.frequency.value = hertz;
  oscillator.type = "square";
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.4 * Number(volume), start + FADE_SECONDS);
  gain.gain.setValueAtTime(0.4 * Number(volume), start + seconds - FADE_SECONDS);
  gain.gain.linearRampToValueAtTime(0, start + seconds);
  oscillator.connect(gain).connect(sound.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
}
