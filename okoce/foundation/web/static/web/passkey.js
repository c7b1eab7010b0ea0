/* A form with data-passkey asks the device for its passkey, then is sent with the answer. */
(function () {
  "use strict";
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var failed = form.querySelector("[data-passkey-failed]");
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      failed.hidden = true;
      var options = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
      var asked = form.dataset.passkey === "create"
        ? window.webauthnJSON.create(options.creation_options)
        : window.webauthnJSON.get(options.request_options);
      asked.then(function (credential) {
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  });
})();
