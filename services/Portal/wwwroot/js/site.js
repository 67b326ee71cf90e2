// Small comforts; every page works without them.
(() => {
  'use strict';

  // A form is sent once: a second click finds the button resting. The key in the form guards what slips through.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));

  document.addEventListener('click', event => {
    if (event.target.closest('[data-print]')) print();
  });

  // Choosing in a select marked so sends its form.
  document.addEventListener('change', event => {
    if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit();
    const limit = Number(event.target.dataset.maxSize);
    if (event.target.type === 'file' && limit) {
      const tooLarge = [...event.target.files].some(file => file.size > limit);
      event.target.setCustomValidity(tooLarge ? event.target.dataset.maxSizeText : '');
      event.target.reportValidity();
    }
  });

  // On a phone the menu is wider than the screen: it opens at the page that is shown.
  const shown = document.querySelector('.menu [aria-current]');
  if (shown) shown.closest('ul').scrollLeft = shown.offsetLeft - 24;

  document.querySelector('.problem[role=alert]')?.focus();
})();
