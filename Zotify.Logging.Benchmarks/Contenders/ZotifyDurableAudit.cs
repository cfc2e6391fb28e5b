using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>This project with only its audit log: the call returns when the event is on the disk.</summary>
internal sealed class ZotifyDurableAudit : Contender
{
    public override string Name => "Zotify, durable";

    public override Role Role => Role.Ours;

    public override string FileName => "audit.log.json";

    public override void Add(ILoggingBuilder builder, string folder) => builder.AddZotify(options =>
    {
        options.Directory = folder;
        options.Database.ConnectionString = $"Data Source={Path.Combine(folder, "zotify.db")}";
        options.Handler<JsonAuditHandlerOptions>("Audit").Acknowledge = Acknowledgement.Durable;
        options.Handler<FileStreamHandlerOptions>("System").Enabled = false;
        options.Handler<DatabaseJobLogHandlerOptions>("Jobs").Enabled = false;
    });
}
