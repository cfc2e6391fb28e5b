using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>This project with only its system log: callers wait while the queue is full.</summary>
internal class ZotifySystemLog : Contender
{
    public override string Name => "Zotify";

    public override Role Role => Role.Ours;

    public override ValueTask DrainAsync(ServiceProvider services) =>
        new(services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Disk));

    public override void Add(ILoggingBuilder builder, string folder) => builder.AddZotify(options =>
    {
        options.Directory = folder;
        options.Database.ConnectionString = $"Data Source={Path.Combine(folder, "zotify.db")}";
        var system = options.Handler<FileStreamHandlerOptions>("System");
        system.Path = FileName!;
        system.Overflow = OverflowMode.Wait;
        // One file, so that its lines can be counted.
        system.MaxFileSize = long.MaxValue;
        Configure(system);
        options.Handler<JsonAuditHandlerOptions>("Audit").Enabled = false;
        options.Handler<DatabaseJobLogHandlerOptions>("Jobs").Enabled = false;
    });

    /// <summary>Sets the options that differ from this contender's.</summary>
    protected virtual void Configure(FileStreamHandlerOptions options)
    {
    }
}
