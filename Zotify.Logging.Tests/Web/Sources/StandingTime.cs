using Microsoft.Extensions.Time.Testing;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>A clock whose time of day stands still. Its timers and timestamps go on as a test moves it.</summary>
internal sealed class StandingTime(DateTimeOffset now) : FakeTimeProvider(now)
{
    private readonly DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;
}
