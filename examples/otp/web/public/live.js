// Keeps the page up to date without reloading it. Every answer of the server is the whole page, and the parts that
// are marked `data-live` are taken over where they differ, so that nothing flickers or loses the focus needlessly.

const notice = document.getElementById("notice");
const silence = "The server does not answer.";

/** Shows what the server answers, and returns it: a page, or nothing when it refused or did not answer. */
async function ask(address, options) {
  try {
    const response = await fetch(address, options);
    const text = await response.text();
    if (notice.textContent === silence) notice.textContent = "";
    if (response.ok) return show(new DOMParser().parseFromString(text, "text/html"));
    notice.textContent = text;
  } catch {
    notice.textContent = silence;
  }
}

function show(page) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id).innerHTML;
    if (part.innerHTML !== fresh) part.innerHTML = fresh;
  }
  return page;
}

async function keepFresh() {
  await ask("/");
  setTimeout(keepFresh, 1_000);
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { target: form, submitter } = event;
  const body = new URLSearchParams(new FormData(form, submitter));
  notice.textContent = "";
  submitter.disabled = true;
  const page = await ask(form.action, { method: "POST", body });
  submitter.disabled = false;
  // Every code is used once: the answer proposes the next one.
  if (page && form.elements.message) form.elements.message.value = page.forms[0].elements.message.value;
});

void keepFresh();
