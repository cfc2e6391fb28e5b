namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// What requests mean by now: the time of the logging, whose records they ask for. Never that of the application's unkeyed
/// <see cref="TimeProvider"/>. Thread-safe.
/// </summary>
internal sealed class RequestClock(IServiceProvider services)
{
    private const string Key = "Zotify";

    // A container of another library may not know keys.
    private readonly TimeProvider _time = (services as IKeyedServiceProvider)?.GetKeyedService<TimeProvider>(Key) ?? TimeProvider.System;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();
}
