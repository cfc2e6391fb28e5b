using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Support;

/// <summary>The container creates its own handler; this one passes everything to the test's handler.</summary>
internal sealed class ForwardingHandler(CollectingHandler handler) : BaseLogHandler
{
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken) =>
        handler.WriteAsync(batch, cancellationToken);

    protected internal override bool ShouldRetry(Exception exception, int attempt) => handler.ShouldRetry(exception, attempt);
}
