// The duty screen: dark for the wall, says when the server is lost, and, when asked to, sounds or blinks for alerts that are new.
"use strict";

(() => {
  const wall = document.getElementById("wall");
  const screen = document.getElementById("screen");
  if (!wall || !screen) return;
  if (wall.dataset.wall) document.body.classList.add("wall");

  const alerts = () => new Map([...screen.querySelectorAll("[data-alert]")].map((one) => [one.dataset.alert, one]));
  let known = new Set(alerts().keys());
  let audio = null;

  function beep() {
    audio = audio || new AudioContext();
    [0, 0.25].forEach((after) => {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      volume.gain.value = 0.2;
      tone.frequency.value = 880;
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.15);
    });
  }

  // a browser lets a page sound only after somebody has touched it: the switch is that touch, and lets hear what it will be like
  const sound = document.getElementById("sound");
  sound.addEventListener("change", () => { if (sound.checked) beep(); });

  document.body.addEventListener("htmx:afterSwap", () => {
    const now = alerts();
    const fresh = [...now].filter(([id]) => !known.has(id));
    known = new Set(now.keys());
    if (!fresh.length) return;
    document.getElementById("news").textContent = `新的预警${fresh.length}条`;
    for (const [, one] of fresh) {
      one.classList.add("new");
      if (document.getElementById("flash").checked) one.classList.add("blink");
    }
    if (sound.checked) beep();
  });
  const lost = document.getElementById("lost");
  const failed = () => { lost.hidden = false; };
  document.body.addEventListener("htmx:sendError", failed);
  document.body.addEventListener("htmx:timeout", failed);
  document.body.addEventListener("htmx:responseError", failed);
  document.body.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) lost.hidden = true; });
})();
