using Zotify.Logging.Common;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// The current time for requests: that of the <see cref="LoggingClock"/>, because they query the records of the logging. Thread-safe.
/// </summary>
internal sealed class RequestClock(IServiceProvider services)
{
    private readonly TimeProvider _time = LoggingClock.Of(services);

    /// <summary>The current time.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();
}
