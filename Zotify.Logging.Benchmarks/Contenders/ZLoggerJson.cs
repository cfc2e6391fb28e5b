using ZLogger;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>ZLogger into a file of JSON lines.</summary>
internal sealed class ZLoggerJson : ZLoggerFile
{
    public override string Name => "ZLogger, JSON";

    protected override void Configure(ZLoggerOptions options) => options.UseJsonFormatter();
}
