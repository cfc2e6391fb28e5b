using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Writes nothing before a gate opens.</summary>
internal sealed class GatedHandler(TaskCompletionSource gate) : BaseLogHandler
{
    protected internal override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken) => new(gate.Task);
}
