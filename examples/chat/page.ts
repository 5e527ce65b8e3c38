export const page = `<!doctype html>
<meta charset="utf-8">
<title>Chat</title>
<form><input name="prompt" aria-label="Question" autofocus required> <button>Ask</button></form>
<p role="status"></p>
<script type="module">
  const form = document.querySelector("form");
  const answer = document.querySelector("p");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer.textContent = "";
    const prompt = new FormData(form).get("prompt");
    const events = new EventSource("/answer?" + new URLSearchParams({ prompt }));
    events.addEventListener("part", ({ data }) => { answer.textContent += JSON.parse(data); });
    events.addEventListener("end", () => events.close());
    events.addEventListener("broken", () => {
      events.close();
      answer.textContent += " … (the answer broke off)";
    });
  });
</script>`;
