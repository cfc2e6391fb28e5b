namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// The current time for requests: the time of the logging, because they query its records. Never the time of the application's unkeyed
/// <see cref="TimeProvider"/>. Thread-safe.
/// </summary>
internal sealed class RequestClock(IServiceProvider services)
{
    private const string Key = "Zotify";

    // A container of another library may not support keyed services.
    private readonly TimeProvider _time = (services as IKeyedServiceProvider)?.GetKeyedService<TimeProvider>(Key) ?? TimeProvider.System;

    /// <summary>The current time.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();
}
