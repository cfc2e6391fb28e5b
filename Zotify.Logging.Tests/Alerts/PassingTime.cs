using Microsoft.Extensions.Time.Testing;

namespace Zotify.Logging.Tests.Alerts;

/// <summary>Lets the time of a clock pass in steps. The program gets a moment of the real time to work in each.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    /// <summary>Lets a step pass.</summary>
    public static Task PassAsync(this FakeTimeProvider time, TimeSpan step, CancellationToken cancellationToken)
    {
        time.Advance(step);
        return Task.Delay(Moment, TimeProvider.System, cancellationToken);
    }

    /// <summary>Lets steps pass until a condition is true.</summary>
    public static async Task PassUntilAsync(
        this FakeTimeProvider time, TimeSpan step, Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition()) await time.PassAsync(step, cancellationToken);
    }
}
