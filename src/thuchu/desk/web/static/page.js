// What a page can do more when scripts run: count characters, copy, share. Nothing here is needed to ask or to read.
"use strict";

const box = document.getElementById("message");
const count = document.querySelector("[data-count]");
const picture = document.querySelector("[data-picture]");
const share = document.querySelector("[data-share]");

// A count at every key would be noise to a screen reader: it appears when the end is near.
const NEAR_THE_END = 0.9;

if (box && count) {
  const max = Number(count.dataset.max);
  const show = () => {
    const typed = [...box.value].length;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    count.textContent = typed < max * NEAR_THE_END ? "" : `${number.format(typed)} / ${number.format(max)}`;
    count.classList.toggle("over", typed > max);
  };
  box.addEventListener("input", show);
  show();
}

if (box && picture) {
  const told = (files) => { picture.hidden = files.length === 0; };
  box.addEventListener("paste", (event) => told(event.clipboardData ? event.clipboardData.files : []));
  box.addEventListener("drop", (event) => {
    const files = event.dataTransfer ? event.dataTransfer.files : [];
    // Without this the browser would leave the page and open the file.
    if (files.length) event.preventDefault();
    told(files);
  });
}

for (const copy of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).value);
    copy.textContent = copy.dataset.done;
  });
}

if (share && navigator.share) {
  share.hidden = false;
  const text = () => document.getElementById(share.dataset.share).value;
  // Closing the sheet without choosing anybody is no error.
  share.addEventListener("click", () => navigator.share({ text: text() }).catch(() => undefined));
}

// Words as the desk counts them: no links, no marks for what was covered; where no spaces are written, every sign.
const NO_WORDS = /https?:\/\/\S+|www\.\S+|\[[a-z ]{2,20}\]/g;
const SIGN = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/g;
const WORD = /[\p{L}\p{N}]+(?:['\u2019\u2010-][\p{L}\p{N}]+)*/gu;

for (const written of document.querySelectorAll("[data-words]")) {
  const told = document.getElementById(written.dataset.words);
  const show = () => {
    const rest = written.value.normalize("NFC").replace(NO_WORDS, " ");
    const words = (rest.match(SIGN) || []).length + (rest.replace(SIGN, " ").match(WORD) || []).length;
    told.textContent = words ? `${told.dataset.say} ${words} / ${written.dataset.most}` : "";
    told.classList.toggle("over", words > Number(written.dataset.most));
  };
  written.addEventListener("input", show);
}

// A page that waits for us looks by itself, less and less often, and only while somebody looks at it.
const waits = document.querySelector("[data-waits]");
if (waits) {
  let pause = Number(waits.dataset.waits) * 1000;
  const look = async () => {
    const answer = document.hidden ? null : await fetch(location.href).catch(() => null);
    if (answer && answer.ok && !(await answer.text()).includes('data-waits="')) location.reload();
    pause = Math.min(pause * 1.5, 30000);
    setTimeout(look, pause);
  };
  setTimeout(look, pause);
}
