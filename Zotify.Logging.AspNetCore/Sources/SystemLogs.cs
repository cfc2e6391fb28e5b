using Zotify.Logging.Common;
using Zotify.Logging.Configuration;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>The system log as the endpoints serve it: this process's own, or that of all <c>Zotify:Sources</c>. Thread-safe.</summary>
/// <param name="own">This process's own log, or that of the application that it is a sidecar of.</param>
/// <param name="merged">The logs of all sources; <see langword="null"/> where none is configured.</param>
internal sealed class SystemLogs(SystemLogTail own, MergedLog? merged) : IDisposable
{
    /// <summary>Creates it from the configuration.</summary>
    public static SystemLogs Create(IServiceProvider services)
    {
        var (sources, time) = (services.GetRequiredService<LogSources>(), LoggingClock.Of(services));
        var own = services.GetRequiredService<SystemLogTail>();
        if (sources.Merged.Count == 0) return new SystemLogs(own, null);
        var primary = new FileSource(sources.Primary.Instance!, own, directory: null);
        return new SystemLogs(own, new MergedLog([primary, .. sources.Merged.Select(source => Open(source, time))], time));
    }

    /// <summary>Reads the lines that match.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="limit">The most lines; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <remarks>A relayed query is answered with this process's own log: who asks merges it with others.</remarks>
    public IAsyncEnumerable<LogBlock<SystemLogEntry>> ReadBlocksAsync(SystemLogQuery query, int? limit, CancellationToken cancellationToken)
    {
        var blocks = merged is null || query.IsRelayed
            ? own.ReadBlocksAsync(query, cancellationToken)
            : merged.ReadBlocksAsync(WithoutInstances(query), merged.Select(query.Instances, query.ExcludedInstances), cancellationToken);
        return limit is { } most ? blocks.Limit(most, cancellationToken) : blocks;
    }

    /// <summary>Counts the lines that match by time and level.</summary>
    /// <inheritdoc cref="ReadBlocksAsync" path="/remarks"/>
    public async Task<MergedHistogram> CountAsync(SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        if (merged is null || query.IsRelayed)
            return new MergedHistogram(await own.CountAsync(query, interval, cancellationToken).ConfigureAwait(false), []);
        var selected = merged.Select(query.Instances, query.ExcludedInstances);
        return await merged.CountAsync(WithoutInstances(query), selected, interval, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => merged?.Dispose();

    private static SystemLogQuery WithoutInstances(SystemLogQuery query) => query with { Instances = [], ExcludedInstances = [] };

    private static ILineSource Open(MergedSource source, TimeProvider time)
    {
        if (source.SystemPath is not { } path) return new RemoteSource(source, time);
        // Its lines are kept by the run for all clients.
        var tail = new SystemLogTail(path, time, new NoReadYourWrites(), KeptBlocks.OfOneSubscriber) { Instance = () => source.Name };
        return new FileSource(source.Name, tail, Path.GetDirectoryName(path)!);
    }
}
