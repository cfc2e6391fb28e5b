using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>Microsoft's console in JSON lines.</summary>
internal sealed class MicrosoftConsoleJson : MicrosoftConsole
{
    public override string Name => "Microsoft console, JSON";

    protected override ILoggingBuilder AddFormatter(ILoggingBuilder builder) => builder.AddJsonConsole(lines =>
    {
        lines.UseUtcTimestamp = true;
        lines.TimestampFormat = "O";
    });
}
