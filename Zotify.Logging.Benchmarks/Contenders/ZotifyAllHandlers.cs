using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>
/// This project with its defaults: system log, audit log and job logs, each with the records that it takes. Audit events are queued.
/// </summary>
internal sealed class ZotifyAllHandlers : Contender
{
    public override string Name => "Zotify, all handlers";

    public override Role Role => Role.Ours;

    public override string FileName => "zotify_api.log";

    public override void Add(ILoggingBuilder builder, string folder) => builder.AddZotify(options =>
    {
        options.Directory = folder;
        options.Database.ConnectionString = $"Data Source={Path.Combine(folder, "zotify.db")}";
        var system = options.Handler<FileStreamHandlerOptions>("System");
        system.Overflow = OverflowMode.Wait;
        system.MaxFileSize = long.MaxValue;
    });
}
