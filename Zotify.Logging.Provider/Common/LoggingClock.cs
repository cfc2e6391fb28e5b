using Microsoft.Extensions.DependencyInjection;

namespace Zotify.Logging.Common;

/// <summary>
/// The clock of the logging: the <see cref="TimeProvider"/> that the application registered with the key <c>Zotify</c>, or else the
/// system's. Never the application's unkeyed clock: a test's clock that stands still would stop every retry and every timeout of the
/// logging.
/// </summary>
internal static class LoggingClock
{
    /// <summary>The service key of the clock.</summary>
    public const string Key = "Zotify";

    /// <summary>The clock of a container.</summary>
    public static TimeProvider Of(IServiceProvider services) =>
        // A container of another library may not support keyed services.
        (services as IKeyedServiceProvider)?.GetKeyedService<TimeProvider>(Key) ?? TimeProvider.System;
}
