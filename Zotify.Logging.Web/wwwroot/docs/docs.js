// The page fetches the description itself, because the reference would not report a missing session.
const answer = await fetch('../openapi/v1.json');
if (answer.ok) {
  window.Scalar.createApiReference('#reference', {
    content: await answer.text(),
    agent: { disabled: true },
    hideClientButton: true,
    mcp: { disabled: true },
    showDeveloperTools: 'never',
    telemetry: false,
    withDefaultFonts: false,
  });
} else {
  const page = document.createElement('a');
  page.href = '../';
  page.textContent = 'Sign in';
  document.getElementById('status').append(page, ' first, then come back here.');
}
