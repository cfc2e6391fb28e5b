using System.Security.Cryptography;
using Zotify.Logging.Common;

namespace Zotify.Logging.Web.Demo;

/// <summary>
/// Copies every file of a folder into a cache, named by its SHA-256, and logs that by plain <see cref="ILogger"/> calls. One sync at a
/// time.
/// </summary>
internal sealed class LibrarySync(
    DemoOptions options, DemoSettings settings, IHostEnvironment environment, TimeProvider time, ILogger<LibrarySync> logger)
{
    private static readonly EventId Started = new(2001, "job.started");
    private static readonly EventId Completed = new(2002, "job.completed");
    private static readonly EventId Failed = new(2003, "job.failed");

    private readonly string _cache = Path.Combine(environment.ContentRootPath, options.Cache);

    /// <summary>Runs a sync. It logs failures; only a cancellation is thrown.</summary>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task RunAsync(string jobId, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["job_id"] = jobId, ["job_type"] = "library.sync" });
        try
        {
            await SyncAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.LogError(Failed, exception, "Sync of {Source} failed", options.Source);
        }
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        var tracks = Directory.EnumerateFiles(options.Source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        OwnFile.CreateDirectory(_cache);
        logger.LogInformation(Started, "Sync of {Source} started: {Total} tracks", options.Source, tracks.Length);
        var (added, known, unreadable) = (0, 0, 0);
        for (var done = 1; done <= tracks.Length; done++)
        {
            var name = Path.GetRelativePath(options.Source, tracks[done - 1]);
            try
            {
                if (await AddAsync(tracks[done - 1], cancellationToken) is { } hash)
                {
                    added++;
                    logger.LogInformation("Track {Done}/{Total} downloaded: {Track} as {Sha256}", done, tracks.Length, name, hash);
                }
                else
                {
                    known++;
                    logger.LogInformation("Track {Done}/{Total} is in the cache: {Track}", done, tracks.Length, name);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable++;
                logger.LogWarning(exception, "Track {Done}/{Total} could not be downloaded: {Track}", done, tracks.Length, name);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(settings.PauseMs), time, cancellationToken);
        }

        logger.LogInformation(
            Completed, "Sync completed: {Added} tracks downloaded, {Known} were there, {Unreadable} could not be read",
            added, known, unreadable);
    }

    /// <returns>The file's hash; <see langword="null"/> where the cache has it already.</returns>
    private async Task<string?> AddAsync(string file, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(file);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(source, cancellationToken));
        var cached = Path.Combine(_cache, hash);
        if (File.Exists(cached)) return null;
        source.Position = 0;
        // Write to another name first, so that a file named by its hash is always complete.
        var partial = $"{cached}.partial";
        await using (var target = OwnFile.Create(partial)) await source.CopyToAsync(target, cancellationToken);
        File.Move(partial, cached, overwrite: true);
        return hash;
    }
}
