using Quartz;

namespace Zotify.Logging.Tests.Integrations;

/// <summary>Vetoes every execution.</summary>
internal sealed class Veto : ITriggerListener
{
    public string Name => nameof(Veto);

    public ValueTask<bool> VetoJobExecution(
        ITrigger trigger, IJobExecutionContext context, CancellationToken cancellationToken = default) => new(true);
}
