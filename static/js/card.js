/* A card that was edited: whoever leaves it without Save is asked first, by the browser's own words.

   A card that is drawn with what is not saved yet, after a refusal, says so by data-draft. */

const card = document.getElementById("card");
let edited = card.hasAttribute("data-draft");

card.addEventListener("input", () => {
  edited = true;
});

document.addEventListener("submit", () => {
  edited = false;
});

window.addEventListener("beforeunload", (event) => {
  if (edited) {
    event.preventDefault();
  }
});
