using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>Microsoft's console, one line per record. The process's output is redirected into the file.</summary>
internal class MicrosoftConsole : Contender
{
    public override string Name => "Microsoft console";

    public override Role Role => Role.RenderingPeer;

    public override string FileName => "stdout.log";

    public override void Add(ILoggingBuilder builder, string folder) => AddFormatter(builder.AddConsole(console =>
    {
        console.QueueFullMode = ConsoleLoggerQueueFullMode.Wait;
        console.MaxQueueLength = 65_536;
    }));

    /// <summary>Sets the lines' format.</summary>
    protected virtual ILoggingBuilder AddFormatter(ILoggingBuilder builder) => builder.AddSimpleConsole(lines =>
    {
        lines.SingleLine = true;
        lines.UseUtcTimestamp = true;
        lines.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ ";
        lines.ColorBehavior = LoggerColorBehavior.Disabled;
    });
}
