using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Following;

/// <summary>Waiting for a shared tail under a fake clock.</summary>
internal static class SharedTailExtensions
{
    /// <summary>Advances the clock until the tail has new items.</summary>
    public static async Task ChangeAsync<TEntry>(
        this SharedTail<TEntry> tail, FakeTimeProvider time, TimeSpan step, CancellationToken cancellationToken)
    {
        var changed = tail.Changed;
        while (!changed.IsCompleted)
        {
            time.Advance(step);
            await Task.WhenAny(changed, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
