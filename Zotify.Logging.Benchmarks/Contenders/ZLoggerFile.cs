using Microsoft.Extensions.Logging;
using ZLogger;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>ZLogger into a file. Its queue has no bound, as by default, and loses nothing.</summary>
internal class ZLoggerFile : Contender
{
    public override string Name => "ZLogger";

    public override Role Role => Role.RenderingPeer;

    public override void Add(ILoggingBuilder builder, string folder) => builder.AddZLoggerFile(Path.Combine(folder, FileName!), Configure);

    /// <summary>Sets the lines' format and other differences.</summary>
    protected virtual void Configure(ZLoggerOptions options) => options.UsePlainTextFormatter(lines =>
        lines.SetPrefixFormatter(
            $"{0:utc-longdate} [{1:short}] {2}[{3}] ",
            (in MessageTemplate template, in LogInfo info) =>
                template.Format(info.Timestamp, info.LogLevel, info.Category, info.EventId.Id)));
}
