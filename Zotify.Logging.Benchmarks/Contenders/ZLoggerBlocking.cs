using ZLogger;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>ZLogger with a queue of a fixed length. Callers wait while it is full.</summary>
internal sealed class ZLoggerBlocking : ZLoggerFile
{
    public override string Name => "ZLogger, blocking";

    protected override void Configure(ZLoggerOptions options)
    {
        base.Configure(options);
        options.FullMode = BackgroundBufferFullMode.Block;
        options.BackgroundBufferCapacity = 65_536;
    }
}
