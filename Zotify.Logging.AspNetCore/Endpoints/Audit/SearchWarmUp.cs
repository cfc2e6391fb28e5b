using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.Database;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>
/// Compiles what the first search needs, in the background when the host has started. Otherwise the first user would wait for it. Builds
/// the endpoints, searches events in memory, answers a request from an empty log, and writes an answer to nowhere; reads and logs nothing.
/// </summary>
/// <param name="mapped">Whether the application has the endpoints.</param>
/// <param name="database">The database, which is not opened.</param>
/// <param name="services">The application's container.</param>
internal sealed class SearchWarmUp(MappedLogs mapped, LoggingDatabase database, IServiceProvider services)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Completes when it has ended; fails with what stopped it.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!mapped.HasEndpoints || !database.IsConfigured) return Task.CompletedTask;
        using (ExecutionContext.SuppressFlow()) Ended = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        // It opens nothing that others need. If it failed, the first search is slower, and reports what is wrong.
        await Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        var events = await AuditWarmUp.RunAsync(database, stopping);
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        await JsonSerializer.SerializeAsync(Stream.Null, new AuditAnswer(events, NextCursor: null, PrevCursor: null), json, stopping);
        // The endpoints are built when they are first read.
        _ = services.GetService<EndpointDataSource>()?.Endpoints;
        if (events.Count > 0) await AnswerAsync();
    }

    private async Task AnswerAsync()
    {
        // It has no file: an embedded database that nobody has created reads as an empty one.
        var options = new DatabaseOptions { ConnectionString = $"Data Source={Guid.CreateVersion7()}" };
        using var empty = new LoggingDatabase(options, Path.GetTempPath(), services.GetServices<IDatabaseEngineFactory>());
        var context = new DefaultHttpContext { Request = { QueryString = new QueryString("?user_id=u1&limit=1") } };
        var clock = services.GetRequiredService<RequestClock>();
        var trail = new AuditTrail(NullLogger<AuditTrail>.Instance, new RecentReads(clock), clock);
        var host = services.GetRequiredService<IHostApplicationLifetime>();
        await AuditSearchEndpoint.SearchAsync(context, new AuditLog(empty, new NoReadYourWrites()), trail, clock, host);
        PageLinks.Add(context, "cursor", next: "next");
    }
}
